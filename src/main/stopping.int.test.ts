// Nothing that a node has in hand keeps it from its end.
import { once } from "node:events";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { defineAddOn } from "#bus";
import { houseWithStations } from "#support/station-clients";

/** Everybody comes in by the one door that the server itself waits for. */
const oneDoor = { acceptsPerTurn: 1 };

/** Milliseconds that a stop took. */
async function stopped(house: { stop(): Promise<void> }): Promise<number> {
  const startedMs = performance.now();
  await house.stop();
  return performance.now() - startedMs;
}

it("a client that would keep its connection open is answered, and let go", async () => {
  const house = await houseWithStations({ limits: { ...oneDoor, drainMs: 4_000 } });
  await house.admit("S-1");
  const validUntil = new Date(Date.now() + 60_000).toISOString();
  const body = { type: "RequestDataTransfer", vendorId: "V", validUntil };
  const path = "/api/v1/charging-stations/S-1/requests";
  const asked = house.api("POST", path, body, { prefer: "wait=1" });
  await house.eventually("the request", async () => (await house.list(path))[0]);
  const tookMs = await stopped(house);
  const answer = await asked;
  expect(answer.status).toBe(202);
  expect(answer.headers.get("connection")).toBe("close");
  expect(tookMs).toBeLessThan(3_500);
}, 30_000);

it("a client that does not finish what it says is cut off", async () => {
  const house = await houseWithStations({ limits: { ...oneDoor, drainMs: 300 } });
  const slow = connect(house.motown.port, "127.0.0.1");
  slow.on("error", () => undefined);
  slow.write("GET /api/v1/me HTTP/1.1\r\n");
  await once(slow, "connect");
  // Whoever came after it is served: so it is inside.
  expect((await house.api("GET", "/api/v1/me")).status).toBe(200);
  expect(await stopped(house)).toBeLessThan(3_500);
  slow.destroy();
}, 30_000);

it("work that does not end is named and left behind, and all else ends", async () => {
  let isAtWork = false;
  const endless = defineAddOn({
    name: "endless",
    grants: { events: ["TokenSet"], commands: [], queries: [], questions: [] },
    on: {
      TokenSet: () => {
        isAtWork = true;
        return new Promise(() => undefined);
      },
    },
  });
  const house = await houseWithStations({ addOns: [endless], limits: { stopStepMs: 200 } });
  await house.token("TAG");
  await house.eventually("the work", async () => (isAtWork ? true : undefined));
  await expect(house.stop()).rejects.toThrow("Stopped, but not in order: its work did not");
  expect(house.log.lines).toContainEqual(
    expect.objectContaining({
      level: "error",
      fields: { part: "its work", ms: expect.any(Number) },
    }),
  );
  await expect(fetch(house.apiUrl)).rejects.toThrow("fetch failed");
}, 30_000);
