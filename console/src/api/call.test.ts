import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { call, onRepeated } from "./call.ts";
import { refusalOf } from "./problem.ts";

const asked: RequestInit[] = [];
/** What the network does with the next request. */
let network: (init: RequestInit) => Promise<Response>;

beforeEach(() => {
  vi.stubGlobal("fetch", (_url: string, init: RequestInit) => {
    asked.push(init);
    return network(init);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  asked.length = 0;
});

const broken = () => Promise.reject(new TypeError("network error"));
const answering = (body: unknown, init: ResponseInit = {}) => {
  return () => Promise.resolve(new Response(JSON.stringify(body), init));
};
const code = (asking: Promise<unknown>) =>
  asking.then(
    () => "done",
    (error: unknown) => refusalOf(error).code,
  );
const keyOf = (init: RequestInit | undefined) =>
  (init?.headers as Record<string, string> | undefined)?.["idempotency-key"];
const addUser = (user: string) => call("postUsers", { body: { user } });

it("sends what got no answer under the same key, until it gets one", async () => {
  network = broken;
  expect(await code(addUser("ada"))).toBe("AnswerMissing");
  expect(await code(addUser("ada"))).toBe("AnswerMissing");
  network = answering({});
  expect(await code(addUser("bea"))).toBe("done");
  expect(await code(addUser("ada"))).toBe("done");
  expect(await code(addUser("ada"))).toBe("done");
  const [first, again, other, last, anew] = asked.map(keyOf);
  expect([again, last]).toEqual([first, first]);
  expect(new Set([first, other, anew]).size).toBe(3);
});

it("takes a wish for a new one after a while, or when it was refused", async () => {
  vi.useFakeTimers();
  network = broken;
  await code(addUser("cleo"));
  vi.advanceTimersByTime(300_000);
  network = answering({ code: "StoreUnavailable" }, { status: 503 });
  expect(await code(addUser("cleo"))).toBe("StoreUnavailable");
  await code(addUser("cleo"));
  expect(new Set(asked.map(keyOf)).size).toBe(3);
});

it("knows nothing of what a proxy could not hand on, or broke off", async () => {
  const page = () => Promise.resolve(new Response("<h1>Bad Gateway</h1>", { status: 502 }));
  network = page;
  expect(await code(addUser("dora"))).toBe("AnswerMissing");
  expect(await code(call("getUsers", {}))).toBe("Unreachable");
  network = () => {
    const body = new ReadableStream({ pull: (stream) => stream.error(new TypeError("reset")) });
    return Promise.resolve(new Response(body));
  };
  expect(await code(addUser("dora"))).toBe("AnswerMissing");
  expect(await code(call("getUsers", {}))).toBe("Unreachable");
});

it("waits for no answer for ever", async () => {
  vi.useFakeTimers();
  network = ({ signal }) =>
    new Promise((_answer, fail) => {
      signal?.addEventListener("abort", () => fail(new DOMException("", "AbortError")));
    });
  const ends = [code(addUser("eve")), code(call("getUsers", {}))];
  vi.advanceTimersByTime(60_000);
  expect(await Promise.all(ends)).toEqual(["AnswerMissing", "Unreachable"]);
});

it("lets whoever looks no more give up", async () => {
  network = ({ signal }) =>
    new Promise((_answer, fail) => {
      signal?.addEventListener("abort", () => fail(signal.reason));
    });
  const away = new AbortController();
  const asking = call("getUsers", {}, { signal: away.signal });
  away.abort();
  await expect(asking).rejects.toThrow("aborted");
});

it("says that something had been done already", async () => {
  let times = 0;
  onRepeated(() => {
    times += 1;
  });
  network = answering({});
  await addUser("fay");
  expect(times).toBe(0);
  network = answering({}, { headers: { "idempotency-replayed": "true" } });
  await addUser("fay");
  expect(times).toBe(1);
});
