// Goal: an operator need not know which node answers. Method: the API of two nodes on one log, with
// views of their own and no message between them; time moves where a node has to look by itself.
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limitsWith } from "#limits";
import { administratorKey, basic, openApi, type TestApi } from "#support/api";
import { testDice } from "#support/environment";
import { createMemoryEventStore } from "#support/stores";

const { tailPollMs } = limitsWith();
const stations = "/api/v1/charging-stations";

let one: TestApi;
let two: TestApi;
beforeEach(async () => {
  const store = createMemoryEventStore();
  one = await openApi({}, { shared: { store, node: "one" }, dice: testDice(1) });
  two = await openApi({}, { shared: { store, node: "two" }, dice: testDice(2) });
});
afterEach(async () => {
  await Promise.all([one.close(), two.close()]);
});

const typesIn = async (type: string) => {
  const log = await one.store.readAll({ after: 0, limit: 1_000 });
  return log.filter((event) => event.type === type);
};

/** A node's own look at the log. */
async function looks({ environment, bus, store }: TestApi): Promise<void> {
  environment.clock.advance(tailPollMs);
  await bus.events.passed(await store.head());
}

describe("one Idempotency-Key on two nodes at once", () => {
  const key = { "idempotency-key": "k1" };

  it("creates one station, and both are told the same", async () => {
    const answers = await Promise.all(
      [one, two].map((node) => node.post(stations, { stationId: "CP-1" }, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await typesIn("ChargingStationCreated")).toHaveLength(1);
  });

  it("asks a station once", async () => {
    await one.post(stations, { stationId: "CP-1" });
    for (const type of ["AcceptChargingStation", "ConfigureChargingStation"]) {
      const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "unknown" }] }];
      const more = type === "AcceptChargingStation" ? {} : { evses };
      const done = await one.post(`${stations}/CP-1/commands`, { type, ...more });
      expect(done.status).toBe(200);
    }
    await looks(two);
    const wish = { type: "RequestReset", kind: "soft" };
    const answers = await Promise.all(
      [one, two].map((node) => node.post(`${stations}/CP-1/requests`, wish, key)),
    );
    expect(answers.map(({ status }) => [200, 202].includes(status))).toEqual([true, true]);
    expect(answers[0]?.body.requestId).toBe(answers[1]?.body.requestId);
    expect(await typesIn("ResetRequested")).toHaveLength(1);
  });

  it("refuses the one of two different wishes that came second", async () => {
    const answers = await Promise.all([
      one.post(stations, { stationId: "CP-1" }, key),
      two.post(stations, { stationId: "CP-2" }, key),
    ]);
    const [first, second] = answers.map(({ status }) => status).sort();
    expect(first).toBe(201);
    expect(second).toBeGreaterThanOrEqual(400);
    const refused = answers.find(({ status }) => status === second);
    expect(refused?.body.code).toBe("IdempotencyKeyReused");
    expect(await typesIn("ChargingStationCreated")).toHaveLength(1);
  });

  it("names a token once that both have not met before", async () => {
    const put = (node: TestApi) =>
      node.ask("PUT", "/api/v1/tokens/NEW", { body: { status: "accepted" }, headers: key });
    const answers = await Promise.all([put(one), put(two)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set((await typesIn("TokenSet")).map(({ stream }) => stream)).size).toBe(1);
  });
});

describe("who may come in", () => {
  const me = (node: TestApi, headers: Readonly<Record<string, string>>) =>
    node.get("/api/v1/me", headers).then(({ status }) => status);
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const asAdministrator = { name: "script", administrator: true, permissions: [] };

  it("is known by a new key on every node at once, and by none that was revoked", async () => {
    const created = await one.post("/api/v1/api-keys", asAdministrator);
    expect(created.status).toBe(201);
    const { apiKey, apiKeyId } = created.body;
    expect(await me(two, bearer(apiKey))).toBe(200);
    expect((await one.remove(`/api/v1/api-keys/${apiKeyId}`)).status).toBe(204);
    expect(await me(one, bearer(apiKey))).toBe(401);
    await looks(two);
    expect(await me(two, bearer(apiKey))).toBe(401);
  });

  it("is not let in by a node that stood still while the key was revoked", async () => {
    const { apiKey, apiKeyId } = (await one.post("/api/v1/api-keys", asAdministrator)).body;
    expect(await me(two, bearer(apiKey))).toBe(200);
    // Its timers stand still, the time does not.
    const { clock } = two.environment;
    const frozenUntil = clock.monotonicMs() + 30_000;
    const monotonicMs = clock.monotonicMs;
    clock.monotonicMs = () => Math.max(monotonicMs(), frozenUntil);
    await one.remove(`/api/v1/api-keys/${apiKeyId}`);
    expect(await me(two, bearer(apiKey))).toBe(401);
  });

  it("is a user who comes again under a name that was removed", async () => {
    const user = { user: "eve", administrator: false, permissions: [] };
    const first = (await one.post("/api/v1/users", user)).body;
    const old = basic("eve", first.oneTimePassword);
    expect(await me(two, old)).toBe(200);
    await one.remove("/api/v1/users/eve");
    await looks(two);
    expect(await me(two, old)).toBe(401);
    const second = (await one.post("/api/v1/users", user)).body;
    expect(await me(two, basic("eve", second.oneTimePassword))).toBe(200);
  });
});

describe("the live stream", () => {
  async function listening({ app }: TestApi): Promise<string> {
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/v1/events?type=ChargingStationCreated`;
  }

  async function watch(url: string, headers: Record<string, string> = {}) {
    const ended = new AbortController();
    const authorization = `Bearer ${administratorKey}`;
    const wanted = { authorization, accept: "text/event-stream", ...headers };
    const response = await fetch(url, { headers: wanted, signal: ended.signal });
    let text = "";
    const reading = (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
    })().catch((error: Error) => error);
    return {
      seen: (): string[] =>
        [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? "").stationId),
      last: () => [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? "",
      leave: async () => {
        ended.abort();
        await reading;
      },
    };
  }

  it("goes on with its cursor on another node, and shows what any node commits", async () => {
    const urls = [await listening(one), await listening(two)];
    const first = await watch(urls[0] ?? "");
    await one.post(stations, { stationId: "A1" });
    await expect.poll(first.seen).toEqual(["A1"]);
    await first.leave();
    await one.post(stations, { stationId: "A2" });
    await two.post(stations, { stationId: "A3" });
    const second = await watch(urls[1] ?? "", { "last-event-id": first.last() });
    await expect.poll(second.seen).toEqual(["A2", "A3"]);
    await one.post(stations, { stationId: "A4" });
    await two.post(stations, { stationId: "A5" });
    await one.post(stations, { stationId: "A6" });
    await looks(two);
    await expect.poll(second.seen).toEqual(["A2", "A3", "A4", "A5", "A6"]);
    await second.leave();
  });
});
