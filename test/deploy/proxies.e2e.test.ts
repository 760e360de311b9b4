// Stations and people come through TLS at each proxy, as the samples in deploy/ set it up.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type IncomingMessage, request as plainRequest, type RequestOptions } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";
import { connectRaw } from "#support/rpc/raw-station";
import { makeCertificate, type RunningProxy, startHaproxy, startNginx } from "./proxies.ts";

const silenceSeconds = 1;
/** Of a station's own address, seen through the proxy. */
const localAddress = "127.0.0.7";
let directory: string;
let ca: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "motown-proxies-"));
  ca = await makeCertificate(directory);
});
afterAll(() => rm(directory, { recursive: true }));

interface Connection {
  readonly connected: boolean;
  readonly address?: string;
}

const boot = JSON.stringify([
  ...[2, "b", "BootNotification"],
  { chargePointVendor: "Acme", chargePointModel: "One" },
]);

describe.each([
  ["HAProxy", startHaproxy],
  ["nginx", startNginx],
])("through %s", (_name, start) => {
  const houses: TestMotown[] = [];
  let proxy: RunningProxy;

  beforeAll(async () => {
    for (let node = 0; node < 2; node += 1) {
      const limits = { pingIntervalMs: (silenceSeconds * 1000) / 4 };
      const rules = { unknownStations: "accept", trustedProxies: "127.0.0.1" } as const;
      houses.push(await startTestMotown({ ...rules, limits }));
    }
    const nodes = houses.map(({ motown }) => motown.port);
    proxy = await start({ nodes, directory, silenceSeconds });
  }, 30_000);
  afterAll(async () => {
    await proxy?.stop();
    for (const house of houses.splice(0)) await house.stop();
  });

  const station = (path: string) =>
    connectRaw(`wss://localhost:${proxy.httpsPort}${path}`, { ca, localAddress });
  const connectionAt = async (house: TestMotown, stationId: string) => {
    const path = `/api/v1/charging-stations/${encodeURIComponent(stationId)}`;
    const { body } = await house.api<{ connection?: Connection }>("GET", path);
    return body.connection;
  };
  const holdersOf = async (stationId: string) => {
    const all = await Promise.all(houses.map((house) => connectionAt(house, stationId)));
    return houses.filter((_house, at) => all[at]?.connected === true);
  };
  const addressOf = async (stationId: string) => {
    const [holder] = await holdersOf(stationId);
    return holder === undefined ? undefined : (await connectionAt(holder, stationId))?.address;
  };
  const ask = async (options: RequestOptions, secure = true): Promise<IncomingMessage> => {
    const port = secure ? proxy.httpsPort : proxy.httpPort;
    const of = { host: "localhost", port, ca, agent: false as const, ...options };
    const asked = secure ? request(of) : plainRequest(of);
    const [answer] = (await once(asked.end(), "response")) as [IncomingMessage];
    return answer;
  };

  it("a station speaks its version over TLS, under its own address", async () => {
    const one = await station("/ocpp/CP-1");
    expect(one.ws.protocol).toBe("ocpp1.6");
    expect(JSON.parse(await one.ask(boot))).toMatchObject([3, "b", { status: "Accepted" }]);
    expect(await addressOf("CP-1")).toBe(localAddress);
    one.ws.terminate();
  });

  it("an id arrives as it was written", async () => {
    const one = await station("/ocpp/RDAM%7C1%2F2%20x");
    expect(JSON.parse(await one.ask(boot))).toMatchObject([3, "b", { status: "Accepted" }]);
    expect(await addressOf("RDAM|1/2 x")).toBe(localAddress);
    one.ws.terminate();
  });

  it("a silent station stays as long as it answers pings", async () => {
    const one = await station("/ocpp/CP-2");
    for (let ping = 0; ping < 8; ping += 1) await once(one.ws, "ping");
    expect(JSON.parse(await one.ask(boot))[2]).toMatchObject({ status: "Accepted" });
    one.ws.terminate();
  });

  it("the API answers over TLS, and sends others there", async () => {
    expect((await ask({ path: "/livez" })).statusCode).toBe(200);
    const sent = await ask({ path: "/api/v1/me?x=1" }, false);
    expect(sent.statusCode).toBe(308);
    expect(sent.headers.location).toMatch(/^https:\/\/localhost(:\d+)?\/api\/v1\/me\?x=1$/);
  });

  it("the live stream comes as it is written", async () => {
    const authorization = `Bearer ${houses[0]?.apiKey}`;
    const headers = { authorization, accept: "text/event-stream" };
    const answer = await ask({ path: "/api/v1/events", headers });
    expect(answer.headers["content-type"]).toMatch(/^text\/event-stream/);
    // Which node it comes from is the proxy's choice.
    for (const house of houses) await house.admit("CP-LIVE");
    await untilSaid(answer, "ChargingStationCreated");
  });

  it("whoever opens a station's address without TLS is told what belongs there", async () => {
    const answer = await ask({ path: "/ocpp/CP-1", headers: { host: "csms.example" } }, false);
    expect(answer.statusCode).toBe(426);
    await untilSaid(answer, "The URL for this station: ws://csms.example/ocpp/");
  });

  it("stations of a node that is stopped are told so, and come back to another", async () => {
    const one = await station("/ocpp/CP-3");
    await one.ask(boot);
    const [holder] = await holdersOf("CP-3");
    await holder?.stop();
    houses.splice(houses.indexOf(holder as TestMotown), 1);
    expect(await one.closed).toMatchObject({ code: 1012 });
    const again = await station("/ocpp/CP-3");
    expect(JSON.parse(await again.ask(boot))).toMatchObject([3, "b", { status: "Accepted" }]);
    expect(await holdersOf("CP-3")).toEqual(houses);
    again.ws.terminate();
  });
});

/** Reads an answer until it has said something. */
async function untilSaid(answer: IncomingMessage, words: string): Promise<void> {
  let said = "";
  for await (const part of answer) {
    said += String(part);
    if (said.includes(words)) return;
  }
  throw new Error(`the answer ended without ${words}: ${said}`);
}
