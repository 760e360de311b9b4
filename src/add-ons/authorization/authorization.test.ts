import { describe, expect, it } from "vitest";
import { type AuthorizeToken, StoreUnavailable, type ViewItem } from "#bus";
import { fakeContext } from "#support/add-on-context";
import { authorization } from "./index.ts";
import { httpProvider } from "./providers/http.ts";
import { localProvider } from "./providers/local.ts";

const now = "2026-05-04T10:00:00.000Z";

function question(given: Partial<AuthorizeToken> = {}): AuthorizeToken {
  return {
    question: "AuthorizeToken",
    station: "cp01",
    tokenRef: "ref",
    purpose: "authorize",
    at: now,
    ...given,
  };
}

const unavailable = () => Promise.reject(new StoreUnavailable("connection lost"));

function withToken(token: ViewItem, others: Record<string, Record<string, ViewItem>> = {}) {
  return fakeContext({ now, views: { tokens: { ref: token }, ...others } });
}

describe("the provider of local tokens", () => {
  it("passes on what it does not know", async () => {
    expect(await localProvider().authorize(question(), fakeContext({}))).toBeUndefined();
  });

  it.each(["accepted", "blocked", "expired", "invalid"])(
    "says %s as it was written",
    async (status) => {
      const says = await localProvider().authorize(question(), withToken({ status }));
      expect(says).toEqual({ status });
    },
  );

  it("judges expiry at the instant of the question, so that an offline start keeps its right", async () => {
    const context = withToken({ status: "accepted", expiresAt: "2026-05-04T09:00:00.000Z" });
    const provider = localProvider();
    expect((await provider.authorize(question(), context))?.status).toBe("expired");
    const before = question({ at: "2026-05-04T08:00:00.000Z" });
    expect((await provider.authorize(before, context))?.status).toBe("accepted");
  });

  it("hands on expiry and group", async () => {
    const token = { status: "accepted", expiresAt: "2027-01-01T00:00:00.000Z", groupTokenRef: "g" };
    expect(await localProvider().authorize(question(), withToken(token))).toEqual(token);
  });

  describe("with a limit of concurrent transactions", () => {
    const running = { transactionId: "tx1", tokenRef: "ref", state: "active" };
    const context = withToken(
      { status: "accepted", concurrency: 1 },
      { transactions: { tx1: running } },
    );

    it("refuses a start beyond it", async () => {
      const says = await localProvider().authorize(question({ purpose: "start" }), context);
      expect(says?.status).toBe("concurrentTransaction");
    });

    it("does not count the transaction that asks", async () => {
      const own = question({ purpose: "start", transactionId: "tx1" });
      expect((await localProvider().authorize(own, context))?.status).toBe("accepted");
    });

    it("accepts a swipe that starts nothing", async () => {
      expect((await localProvider().authorize(question(), context))?.status).toBe("accepted");
    });
  });

  it("judges first by a view that has shown all that was there when it began", async () => {
    const tokens: Record<string, ViewItem> = { ref: { status: "accepted" } };
    const caughtUp = async () => {
      tokens.ref = { status: "blocked" };
    };
    const context = { ...fakeContext({ now, views: { tokens } }), caughtUp };
    expect((await localProvider().authorize(question(), context))?.status).toBe("blocked");
  });

  it("remembers nothing of a view that does not catch up", async () => {
    const tokens: Record<string, ViewItem> = { ref: { status: "accepted" } };
    let isBehind = true;
    const caughtUp = async () => {
      if (isBehind) throw new Error("not in time");
    };
    const context = { ...fakeContext({ now, views: { tokens } }), caughtUp };
    const provider = localProvider();
    const says = async () => (await provider.authorize(question(), context))?.status;
    expect(await says()).toBe("accepted");
    tokens.ref = { status: "blocked" };
    expect(await says()).toBe("blocked");
    isBehind = false;
    await says();
    await says();
    tokens.ref = { status: "expired" };
    expect(await says()).toBe("blocked");
  });

  it("remembers a token until it is told to forget", async () => {
    const provider = localProvider();
    await provider.authorize(question(), withToken({ status: "accepted" }));
    const later = withToken({ status: "blocked" });
    expect((await provider.authorize(question(), later))?.status).toBe("accepted");
    provider.forget?.("ref");
    expect((await provider.authorize(question(), later))?.status).toBe("blocked");
  });
});

describe("the provider behind a URL", () => {
  const settings = {
    url: "http://127.0.0.1:1/authorize",
    timeoutMs: 1000,
    cacheSeconds: 60,
    offline: "cached" as const,
  };
  const context = fakeContext({ now, tokens: { ref: "ABC" } });

  function answering(status: number, body: unknown) {
    const asked: { url: string; body: unknown; headers: unknown }[] = [];
    const send = (async (url: string, init: RequestInit) => {
      asked.push({ url, body: JSON.parse(String(init.body)), headers: init.headers });
      return new Response(JSON.stringify(body), { status });
    }) as unknown as typeof fetch;
    return { send, asked };
  }

  it("asks with the token's value and the station's identity", async () => {
    const { send, asked } = answering(200, { status: "accepted" });
    const provider = httpProvider({ ...settings, bearer: "hush" }, send);
    expect(await provider.authorize(question({ purpose: "start" }), context)).toEqual({
      status: "accepted",
    });
    expect(asked[0]?.body).toEqual({ token: "ABC", stationId: "cp01", purpose: "start", at: now });
    expect(asked[0]?.headers).toMatchObject({ authorization: "Bearer hush" });
  });

  it("keeps an answer for its time", async () => {
    const { send, asked } = answering(200, { status: "blocked", cacheSeconds: 10 });
    const provider = httpProvider(settings, send);
    await provider.authorize(question(), context);
    await provider.authorize(question(), context);
    expect(asked).toHaveLength(1);
    const later = fakeContext({ now: "2026-05-04T10:00:11.000Z", tokens: { ref: "ABC" } });
    await provider.authorize(question(), later);
    expect(asked).toHaveLength(2);
  });

  it("passes on what the other side does not know", async () => {
    const provider = httpProvider(settings, answering(404, {}).send);
    expect(await provider.authorize(question(), context)).toBeUndefined();
  });

  it.each([
    ["cached", undefined],
    ["accept", { status: "accepted" }],
    ["reject", { status: "invalid" }],
  ] as const)(
    "follows the offline policy %s when there is no answer",
    async (offline, expected) => {
      const provider = httpProvider({ ...settings, offline }, answering(500, {}).send);
      expect(await provider.authorize(question(), context)).toEqual(expected);
    },
  );

  it("follows no offline policy where it is the token's value that cannot be read", async () => {
    const { send, asked } = answering(200, { status: "accepted" });
    const provider = httpProvider({ ...settings, offline: "accept" }, send);
    const away = { ...context, tokenValue: unavailable };
    await expect(provider.authorize(question(), away)).rejects.toThrow(StoreUnavailable);
    expect(asked).toEqual([]);
  });

  it("falls back to the last answer, however old, under the policy cached", async () => {
    let fails = false;
    const send = (async () => {
      if (fails) throw new Error("connection refused");
      return new Response('{"status":"accepted","cacheSeconds":0}');
    }) as unknown as typeof fetch;
    const provider = httpProvider(settings, send);
    await provider.authorize(question(), context);
    fails = true;
    expect(await provider.authorize(question(), context)).toEqual({ status: "accepted" });
  });

  it.each([{ status: "fine" }, [], "accepted", { status: "accepted", expiresAt: "soon" }])(
    "takes %j for no answer",
    async (body) => {
      const provider = httpProvider({ ...settings, offline: "reject" }, answering(200, body).send);
      expect(await provider.authorize(question(), context)).toEqual({ status: "invalid" });
    },
  );
});

describe("the authorization add-on", () => {
  async function ask(given: Record<string, Record<string, ViewItem>>) {
    const context = fakeContext({ now, views: given });
    return authorization().answers?.AuthorizeToken?.(question(), context);
  }

  it("answers with the name of the provider that knew the token", async () => {
    expect(await ask({ tokens: { ref: { status: "blocked" } } })).toEqual({
      status: "blocked",
      provider: "local",
    });
  });

  it("answers invalid where no provider knows it", async () => {
    expect(await ask({})).toEqual({ status: "invalid", provider: "local" });
  });

  const behindForEver = { caughtUp: unavailable };
  it.each([
    ["cannot be read", { get: unavailable }, {}],
    ["do not catch up, and do not know it", behindForEver, {}],
    ["do not catch up, and show it blocked", behindForEver, { status: "blocked" }],
    ["cannot say how much it charges", behindForEver, { status: "accepted", concurrency: 1 }],
  ])("says nothing of a token where the views %s", async (_how, broken, token) => {
    const views = { tokens: "status" in token ? { ref: token } : {}, chargingStations: {} };
    const context = { ...fakeContext({ now, views }), ...broken };
    const { answers } = authorization();
    const says = answers?.AuthorizeToken?.(question({ purpose: "start" }), context);
    await expect(says).rejects.toThrow(StoreUnavailable);
  });

  it("asks nobody behind a provider that cannot be asked", async () => {
    const url = "http://127.0.0.1:1/";
    const addOn = authorization({ providers: ["local", "http"], http: { url, offline: "accept" } });
    const known = { chargingStations: { cp01: { authorizationProviders: ["local", "http"] } } };
    const context = fakeContext({ now, views: known, tokens: { ref: "ABC" } });
    const get: typeof context.get = (view, key) =>
      view === "tokens" ? unavailable() : context.get(view, key);
    const says = addOn.answers?.AuthorizeToken?.(question(), { ...context, get });
    await expect(says).rejects.toThrow(StoreUnavailable);
  });

  it("says by what it remembers what the views cannot say any more", async () => {
    const { answers } = authorization();
    const known = { tokens: { ref: { status: "accepted" } }, chargingStations: { cp01: {} } };
    await answers?.AuthorizeToken?.(question(), fakeContext({ now, views: known }));
    const broken = { ...fakeContext({ now }), get: unavailable, caughtUp: unavailable };
    expect(await answers?.AuthorizeToken?.(question(), broken)).toMatchObject({
      status: "accepted",
    });
  });

  it("asks the views once about each station, of as many as one process can hold", async () => {
    const { answers } = authorization();
    const chargingStations: Record<string, ViewItem> = {};
    for (let n = 0; n < 20_000; n += 1) chargingStations[`cp${n}`] = { state: "accepted" };
    const context = withToken({ status: "accepted" }, { chargingStations });
    let asked = 0;
    const get: typeof context.get = (view, key) => {
      if (view === "chargingStations") asked += 1;
      return context.get(view, key);
    };
    for (const round of [1, 2]) {
      for (const station of Object.keys(chargingStations)) {
        await answers?.AuthorizeToken?.(question({ station }), { ...context, get });
      }
      expect(asked, `round ${round}`).toBe(20_000);
    }
  });

  it("waits once for views that stand still, for all that an answer needs of them", async () => {
    let waits = 0;
    const views = { tokens: { ref: { status: "accepted" } }, chargingStations: { cp01: {} } };
    const caughtUp = async () => {
      waits += 1;
      throw new Error("not in time");
    };
    const context = { ...fakeContext({ now, views }), caughtUp };
    const { answers } = authorization();
    // The second wait of a question would be longer than it may take.
    const answer = answers?.AuthorizeToken?.(question(), { ...context, caughtUp: slow(caughtUp) });
    expect(await answer).toMatchObject({ status: "accepted" });
    expect(waits).toBe(1);
  });

  /** Ends only after all that can happen at once has happened. */
  function slow(work: () => Promise<void>): () => Promise<void> {
    return async () => {
      await new Promise((done) => setImmediate(done));
      await work();
    };
  }

  it("asks in the order that is set for the station", async () => {
    const stations = { chargingStations: { cp01: { authorizationProviders: [] } } };
    const known = { tokens: { ref: { status: "accepted" } }, ...stations };
    expect(await ask(known)).toEqual({ status: "invalid", provider: "none" });
  });

  it("goes on to the next provider when one fails", async () => {
    const addOn = authorization({
      providers: ["http", "local"],
      http: { url: "http://127.0.0.1:1/", offline: "cached" },
    });
    const context = fakeContext({
      now,
      views: { tokens: { ref: { status: "accepted" } } },
      tokens: { ref: "ABC" },
    });
    expect(await addOn.answers?.AuthorizeToken?.(question(), context)).toEqual({
      status: "accepted",
      provider: "local",
    });
  });

  /** A view that is behind the log by one change of the token. */
  function behind(before: ViewItem | undefined, after: ViewItem) {
    const tokens: Record<string, ViewItem> = before === undefined ? {} : { ref: before };
    const catchUp = async () => {
      tokens.ref = after;
    };
    return { ...fakeContext({ now, views: { tokens } }), caughtUp: catchUp };
  }

  it.each([undefined, { status: "blocked" }])(
    "refuses nobody by a view that is behind, where it shows %j",
    async (before) => {
      const { answers } = authorization();
      const context = behind(before, { status: "accepted" });
      const says = await answers?.AuthorizeToken?.(question(), context);
      expect(says).toEqual({ status: "accepted", provider: "local" });
    },
  );

  it("does not remember what a view shows that has not heard of a change yet", async () => {
    const { answers, notice } = authorization();
    const changed = { stream: "token/ref" } as never;
    notice?.TokenSet?.(changed);
    const context = behind({ status: "accepted" }, { status: "blocked" });
    const says = await answers?.AuthorizeToken?.(question(), context);
    expect(says?.status).toBe("blocked");
  });

  it("does not remember what changed while it was read", async () => {
    const { answers, notice } = authorization();
    const changed = { stream: "token/ref" } as never;
    const slow = withToken({ status: "accepted" });
    const context = {
      ...slow,
      get: async (view: string, key: readonly (string | number)[]) => {
        const item = await slow.get(view, key);
        notice?.TokenSet?.(changed);
        return item;
      },
    };
    await answers?.AuthorizeToken?.(question(), context);
    const later = withToken({ status: "blocked" });
    expect((await answers?.AuthorizeToken?.(question(), later))?.status).toBe("blocked");
  });

  it("forgets a token and a station's order at once when they change", async () => {
    const addOn = authorization();
    const tokenSet = addOn.notice?.TokenSet as ((event: { stream: string }) => void) | undefined;
    await addOn.answers?.AuthorizeToken?.(question(), withToken({ status: "accepted" }));
    tokenSet?.({ stream: "token/ref" });
    const says = await addOn.answers?.AuthorizeToken?.(
      question(),
      withToken({ status: "blocked" }),
    );
    expect(says?.status).toBe("blocked");
  });

  it.each([
    [{ providers: ["ocpi"] }, "/providers/0"],
    [{ http: { url: "nowhere" } }, "/http/url"],
    [{ speed: 1 }, "/speed"],
  ])("refuses the settings %j by name", (settings, path) => {
    expect(() => authorization(settings)).toThrow(path);
  });
});
