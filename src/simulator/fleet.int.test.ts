// A fleet on real sockets against a CSMS of a few lines, and whole runs as `npm run simulate` does
// them, with an API of a few lines.
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { FakeCsms } from "#support/fake-csms";
import { createApi, PlainError } from "./api.ts";
import { compareEnergy } from "./compare.ts";
import { Fleet } from "./fleet.ts";
import { readOptions } from "./options.ts";
import { simulate } from "./simulate.ts";
import { realTime } from "./time.ts";
import { webSocketTo } from "./wire/socket.ts";

const running: { server: Server; sockets: WebSocketServer }[] = [];
const fleets: Fleet[] = [];

afterEach(async () => {
  for (const fleet of fleets.splice(0)) await fleet.stop(0);
  for (const { server, sockets } of running.splice(0)) {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const time = realTime();

interface Listed {
  readonly transactionNumber: number;
  readonly stationId: string;
  readonly meterStartWh: number;
  energyWh: number;
}

/** The part of the public API that the simulator uses, over what the fake CSMS heard. */
class SmallApi {
  readonly asked: string[] = [];
  readonly stations = new Set<string>();
  /** How many Wh it loses of each transaction. */
  losesWh = 0;
  readonly #csms: FakeCsms;
  readonly pageSize = 2;

  constructor(csms: FakeCsms) {
    this.#csms = csms;
  }

  answer(request: IncomingMessage, body: string): { status: number; body?: unknown } {
    const url = new URL(request.url ?? "/", "http://api");
    const what = `${request.method} ${decodeURIComponent(url.pathname)}`;
    this.asked.push(body ? `${what} ${body}` : what);
    if (url.pathname === "/livez") return { status: 200, body: {} };
    if (request.headers.authorization !== "Bearer key") return { status: 401 };
    if (what === "POST /api/v1/charging-stations") {
      const { stationId } = JSON.parse(body);
      if (this.stations.has(stationId)) return { status: 409, body: { title: "exists" } };
      this.stations.add(stationId);
      return { status: 201, body: {} };
    }
    if (what === "GET /api/v1/transactions") return this.#transactions(url.searchParams);
    return { status: 200, body: {} };
  }

  #transactions(query: URLSearchParams) {
    const all = this.#listed().filter((one) => one.stationId === query.get("stationId"));
    const from = Number(query.get("after") ?? 0);
    const to = from + this.pageSize;
    const next = to < all.length ? { next: String(to) } : {};
    return { status: 200, body: { items: all.slice(from, to), ...next } };
  }

  #listed(): Listed[] {
    const listed: Listed[] = [];
    let transactionNumber = 1_000;
    for (const { stationId, action, payload } of this.#csms.calls) {
      if (action === "StartTransaction") {
        transactionNumber += 1;
        const meterStartWh = Number(payload.meterStart);
        listed.push({ transactionNumber, stationId, meterStartWh, energyWh: 0 });
      }
      if (action !== "StopTransaction") continue;
      const one = listed.find((each) => each.transactionNumber === payload.transactionId);
      if (one) one.energyWh = Number(payload.meterStop) - one.meterStartWh - this.losesWh;
    }
    return listed;
  }
}

/** A server on a free port: the fake CSMS on real sockets, and the API beside it. */
async function serve(csms: FakeCsms, api = new SmallApi(csms)) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = api.answer(request, body);
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer.body ?? {}));
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => "ocpp1.6" });
  running.push({ server, sockets });
  sockets.on("connection", (socket, request) => {
    const stationId = decodeURIComponent((request.url ?? "").split("/").at(-1) ?? "");
    const inner = csms.socketTo(
      { url: "", stationId },
      { opened: () => {}, message: (text) => socket.send(text), closed: () => socket.close() },
    );
    socket.on("message", (bytes) => inner.send(String(bytes)));
    socket.on("close", () => inner.terminate());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { api, port, address: `127.0.0.1:${port}` };
}

describe("a fleet on real sockets", () => {
  it("of 500 stations connects, charges and ends without an error", {
    timeout: 20_000,
  }, async () => {
    const csms = new FakeCsms(time);
    const { address } = await serve(csms);
    const stationIds = Array.from({ length: 500 }, (_none, at) => `R-${at}`);
    const fleet = new Fleet({
      ...{ stationIds, url: `ws://${address}/ocpp`, tags: ["A"], time, seed: 1, speed: 20 },
      socketTo: webSocketTo,
    });
    fleets.push(fleet);
    void fleet.run();
    const connected = () => fleet.status().connected;
    // In two steps, so that a slow machine is not taken for one that stands still.
    await expect.poll(connected, { timeout: 5_000 }).toBeGreaterThan(250);
    await expect.poll(connected, { timeout: 5_000 }).toBe(500);
    await expect.poll(() => fleet.status().charging, { timeout: 5_000 }).toBeGreaterThan(100);
    expect(await fleet.stop()).toBe(true);
    expect(fleet.tally.problems).toEqual([]);
    expect(csms.payloads("StartTransaction").length).toBe(csms.payloads("StopTransaction").length);
  });
});

async function simulated(args: readonly string[], environment = {}) {
  const lines: string[] = [];
  const screen = { isTerminal: false, write: (text: string) => void lines.push(text) };
  const options = readOptions(args, environment);
  if (options === "help") throw new Error("no run");
  const outside = { time, socketTo: webSocketTo, screen, interrupted: new Promise<void>(() => {}) };
  const went = await simulate(options, outside);
  return { went, text: lines.join("") };
}

describe("a run", () => {
  const short = ["--stations", "2", "--once", "--speed", "1000", "--seed", "3"];

  it("prepares through the API, charges, compares and says so", async () => {
    const { api, address } = await serve(new FakeCsms(time));
    api.stations.add("SIM-0002");
    const places = ["--url", `ws://${address}/ocpp`, "--api", `http://${address}`];
    const { went, text } = await simulated([...short, ...places, "--api-key", "key"]);
    expect(text).toContain("stations accepted: SIM-0001, SIM-0002, 1 of them known before");
    expect(text).toContain("Every Wh that was sent is shown.");
    expect(went).toBe(true);
    expect(api.asked).toEqual(
      expect.arrayContaining([
        'PUT /api/v1/tokens/SIM-T01 {"status":"accepted"}',
        'POST /api/v1/charging-stations {"stationId":"SIM-0001","accepted":true}',
        'POST /api/v1/charging-stations/SIM-0002/commands {"type":"AcceptChargingStation"}',
      ]),
    );
    expect(api.asked.find((one) => one.startsWith("PUT /api/v1/station-types"))).toContain(
      '/Motown/Simulator 22 {"evses":[{"evseId":1,"connectors":[{"connectorId":1,"type":',
    );
  });

  it("says which Wh the API does not show, and fails", async () => {
    const csms = new FakeCsms(time);
    const { api, address } = await serve(csms);
    api.losesWh = 1;
    const fleet = new Fleet({
      ...{ stationIds: ["R-1"], url: `ws://${address}/ocpp`, tags: ["A"], time, seed: 1 },
      ...{ speed: 1000, once: true, socketTo: webSocketTo },
    });
    await fleet.run();
    await fleet.stop();
    const client = createApi({ url: `http://${address}`, key: "key" });
    const [energy] = await compareEnergy(client, fleet.stations, { time, patienceMs: 0 });
    expect(energy?.differences).toHaveLength(2);
    expect(energy?.differences[0]).toMatch(/R-1: transaction \d+: \d+ Wh sent, \d+ Wh shown/);
    expect((energy?.sentWh ?? 0) - (energy?.shownWh ?? 0)).toBe(2);
  });

  it("without preparing only knocks", async () => {
    const { api, address } = await serve(new FakeCsms(time));
    const places = ["--url", `ws://${address}/ocpp`, "--api", `http://${address}`];
    const noKey = ["--data-dir", "/nowhere"];
    const { went, text } = await simulated([...short, ...places, ...noKey, "--no-prepare"]);
    expect(text).toContain("Nothing is prepared");
    expect(text).toContain("were not compared");
    expect(api.asked).toEqual(["GET /livez"]);
    expect(went).toBe(true);
  });

  it("says in plain words what is missing", async () => {
    const { address } = await serve(new FakeCsms(time));
    const api = ["--api", `http://${address}`, "--data-dir", "/nowhere"];
    const says = async (args: string[]) =>
      simulated(args).then(
        () => "nothing",
        (error: unknown) => (error instanceof PlainError ? error.message : String(error)),
      );
    expect(await says([...short, ...api])).toContain("No API key");
    expect(await says([...short, ...api, "--api-key", "wrong"])).toContain("refuses this API key");
    const nobody = ["--api", "http://127.0.0.1:9"];
    expect(await says([...short, ...nobody])).toContain("Is Motown running?");
  });
});
