// Who comes through a proxy is known by his own address if the proxy is trusted, and by the proxy's
// if it is not: guesses are counted where they come from.
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";
import { connectRaw, refusal } from "#support/rpc/raw-station";

const wrongPasswordsPerMinuteMax = 5;
const loginFailuresMax = 2;
const proxy = "127.0.0.2";
let house: TestMotown;

beforeAll(async () => {
  house = await startTestMotown({
    trustedProxies: proxy,
    limits: { wrongPasswordsPerMinuteMax, loginFailuresMax },
  });
  await house.admit("GUARDED");
  await house.admit("OPEN");
  await house.api("PUT", "/api/v1/charging-stations/GUARDED/password", {});
});
afterAll(() => house.stop());

const through = (localAddress: string, forwarded: string) => ({
  localAddress,
  headers: { "x-forwarded-for": forwarded, "x-forwarded-proto": "https" },
});

async function guesses(localAddress: string, forwarded: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < wrongPasswordsPerMinuteMax + 1; at += 1) {
    const { status } = await refusal(
      connectRaw(`${house.wireUrl}/GUARDED`, through(localAddress, forwarded)),
    );
    statuses.push(status);
  }
  return statuses;
}

/** Wrong logins of one user, one after the other; their statuses. */
async function logins(localAddress: string, forwarded: readonly string[]): Promise<number[]> {
  const authorization = `Basic ${Buffer.from("admin:wrong").toString("base64")}`;
  const statuses: number[] = [];
  for (const client of forwarded) {
    const headers = { ...through(localAddress, client).headers, authorization };
    const asked = request(`${house.apiUrl}/api/v1/me`, { localAddress, headers }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    statuses.push(answer.statusCode ?? 0);
  }
  return statuses;
}

async function addressOf(stationId: string): Promise<string | undefined> {
  const path = `/api/v1/charging-stations/${stationId}`;
  const { body } = await house.api<{ connection?: { address?: string } }>("GET", path);
  return body.connection?.address;
}

describe("behind a trusted proxy", () => {
  it("a station has its own address", async () => {
    const station = await connectRaw(`${house.wireUrl}/OPEN`, through(proxy, "203.0.113.7"));
    expect(await addressOf("OPEN")).toBe("203.0.113.7");
    station.ws.terminate();
  });

  it("who guesses is turned away, and nobody else behind the same proxy", async () => {
    const all = [401, 401, 401, 401, 401, 429];
    expect(await guesses(proxy, "203.0.113.8")).toEqual(all);
    expect(await guesses(proxy, "203.0.113.9")).toEqual(all);
  });

  it("a refused station is told the URL with the scheme that it used", async () => {
    const url = `${house.wireUrl.replace("/ocpp", "")}/elsewhere`;
    const refused = await refusal(connectRaw(url, through(proxy, "203.0.113.7")));
    expect(refused.body).toContain(`wss://${new URL(url).host}/ocpp/elsewhere`);
  });

  it("logins are counted for who tries", async () => {
    const one = [401, 401, 429];
    expect(await logins(proxy, ["203.0.113.1", "203.0.113.1", "203.0.113.1"])).toEqual(one);
    expect(await logins(proxy, ["203.0.113.2", "203.0.113.3"])).toEqual([401, 401]);
  });
});

describe("behind a proxy that is not trusted", () => {
  it("a station has the proxy's address, whatever it says", async () => {
    const stranger = "127.0.0.3";
    const station = await connectRaw(`${house.wireUrl}/OPEN`, through(stranger, "203.0.113.7"));
    expect(await addressOf("OPEN")).toBe(stranger);
    station.ws.terminate();
    expect(await guesses(stranger, "203.0.113.10")).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await guesses(stranger, "203.0.113.11")).every((status) => status === 429)).toBe(true);
  });

  it("logins are counted for the proxy", async () => {
    const statuses = await logins("127.0.0.4", ["203.0.113.4", "203.0.113.5", "203.0.113.6"]);
    expect(statuses).toEqual([401, 401, 429]);
  });
});
