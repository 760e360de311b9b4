// A person is erased: the token's value is gone from all that can be shown; what happened stays.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, starts, stops } from "#support/conformance";

const value = "Person-4711";
let house: ConformanceHouse;
beforeAll(async () => {
  house = await conformanceHouse({ database: "sqlite" });
});
afterAll(() => house?.stop());

const tokenPath = `/api/v1/tokens/${value.toLowerCase()}`;
const erase = (headers?: Record<string, string>) =>
  house.api("DELETE", `${tokenPath}?erase=true`, undefined, headers);

/** Everything that the API shows of a station and of tokens, but for the frames. */
async function allShown(): Promise<string> {
  await house.idle();
  const lists = ["transactions", "tokens", "requests", "reservations", "refusals"];
  const paths = [...lists.map((name) => `/api/v1/${name}`), "/api/v1/events?limit=1000"];
  const pages = await Promise.all(paths.map((path) => house.api<unknown>("GET", path)));
  return JSON.stringify(pages.map(({ body }) => body)).toLowerCase();
}

async function refOf(stationId: string): Promise<unknown> {
  const { items } = await house.get(`/api/v1/charging-stations/${stationId}/transactions`);
  return (items as Record<string, unknown>[])[0]?.tokenRef;
}

it("shows the value nowhere afterwards, and gives the same value a new reference", async () => {
  await house.token(value);
  const station = await house.served("ERASED");
  const { transactionId } = await starts(station, { idTag: value });
  await stops(station, { transactionId });
  expect(await allShown()).toContain(value.toLowerCase());
  const before = await refOf("ERASED");

  const again = { "idempotency-key": "erase-once" };
  expect((await erase(again)).status).toBe(204);
  expect(await allShown()).not.toContain(value.toLowerCase());
  expect(await house.transaction("ERASED")).toMatchObject({ tokenRef: before, energyWh: 1500 });
  expect((await house.api("GET", tokenPath)).status).toBe(404);
  expect((await erase()).body).toMatchObject({ code: "TokenNotFound" });

  expect(await station.call("Authorize", { idTag: value })).toEqual({
    idTagInfo: { status: "Invalid" },
  });
  const other = await house.served("SEEN-AGAIN");
  await starts(other, { idTag: value });
  await house.idle();
  const after = await refOf("SEEN-AGAIN");
  expect(after).toEqual(expect.any(String));
  expect(after).not.toBe(before);
  // The repeated request is the first one, and erases nobody else.
  expect((await erase(again)).status).toBe(204);
  expect(await house.transaction("SEEN-AGAIN")).toMatchObject({ identifyingToken: value });
});

it("is done to a token that is none of our own, too, and survives a restart", async () => {
  const foreign = "Roaming-0815";
  const station = await house.served("FOREIGN");
  await station.call("Authorize", { idTag: foreign });
  const path = `/api/v1/tokens/${foreign}`;
  expect((await house.api("DELETE", path)).body).toMatchObject({ code: "TokenNotFound" });
  expect((await house.api("DELETE", `${path}?erase=true`)).status).toBe(204);
  await house.restart();
  expect(await allShown()).not.toContain(foreign.toLowerCase());
});

it("ends a request that waits with the token as failed, unsent", async () => {
  const waiting = "Waits-0042";
  await house.admit("WAITING");
  const request = {
    type: "RequestStartTransaction",
    identifyingToken: waiting,
    validUntil: new Date(Date.now() + 60_000).toISOString(),
  };
  const payload = { connectorId: 1, idTag: waiting };
  const call = { type: "RequestOcppCall", action: "RemoteStartTransaction", payload };
  const asked = [
    await house.ask("WAITING", request),
    await house.ask("WAITING", { ...call, validUntil: request.validUntil }),
  ];
  expect((await house.api("DELETE", `/api/v1/tokens/${waiting}?erase=true`)).status).toBe(204);
  const station = await house.connect("WAITING");
  for (const one of asked) {
    const ended = await house.eventually("the end of the request", async () => {
      const found = await house.requestOf(one);
      return found.state === "done" ? found : undefined;
    });
    const description = "a token that it names was erased";
    expect(ended).toMatchObject({ outcome: "failed", result: { description } });
  }
  expect(station.received).toEqual([]);
});

/** A live stream from a place on. */
async function viewer(cursor: string) {
  const gone = new AbortController();
  const answer = await fetch(`${house.apiUrl}/api/v1/events`, {
    headers: {
      authorization: `Bearer ${house.apiKey}`,
      accept: "text/event-stream",
      "last-event-id": cursor,
    },
    signal: gone.signal,
  });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    /** All that came until there was this. */
    until: async (words: string) => {
      while (!text.includes(words)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the stream ended without ${words}`);
        text += decoder.decode(value, { stream: true });
      }
      return text;
    },
    close: () => gone.abort(),
  };
}

it("is not shown by the live stream to who comes back for what was missed", async () => {
  const seen = "Followed-0099";
  const tip = await house.api("GET", "/api/v1/events?type=Nothing");
  const cursor = String(tip.headers.get("next-cursor"));
  const first = await viewer(cursor);
  await house.token(seen);
  expect(await first.until("TokenSet")).toContain(seen);
  const path = `/api/v1/tokens/${seen}?erase=true`;
  expect((await house.api("DELETE", path)).status).toBe(204);
  await first.until("TokenErased");
  const second = await viewer(cursor);
  expect(await second.until("TokenErased")).not.toContain(seen);
  first.close();
  second.close();
});
