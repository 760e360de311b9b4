// What the runners make of rows that have bugs, that ask, that split; with rows made for it.
import { describe, expect, it } from "vitest";
import { StoreUnavailable } from "#bus";
import { stationKey, streams, systemActor, toChargingStation } from "#core";
import { endsOf, request } from "#support/rpc/rpc-contract";
import { type HarnessOptions, rpcHarness } from "#support/rpc/rpc-harness";
import { fromStation, type OcppVersion, toStation } from "../message.ts";
import { v1_6 } from "../v1_6/index.ts";
import { receiptOf } from "./receipt.ts";

const withRows = (rows: Record<string, OcppVersion["messages"][string]>): OcppVersion => ({
  ...v1_6,
  messages: { ...v1_6.messages, ...rows },
});

async function served(version: OcppVersion, options?: HarnessOptions) {
  const node = rpcHarness(version, options);
  await node.admit();
  return { ...node, station: await node.connect() };
}

const heartbeat = (row: Partial<Parameters<typeof fromStation>[0]>) =>
  fromStation({
    action: "Heartbeat",
    spec: "for a test",
    commands: () => [],
    answer: (_request, { at }) => ({ currentTime: at }),
    ...row,
  });

const boom = (): never => {
  throw new Error("a bug");
};

describe("a row with a bug", () => {
  it.each([
    ["in its commands", { commands: boom }],
    ["in its answer", { answer: boom }],
    ["in its question", { ask: boom }],
    ["in its oddities", { deviations: boom }],
    ["in its tokens", { tokens: boom }],
    ["in what it answers", { answer: () => ({ currentTime: 7 }) }],
  ])("%s gets InternalError, a log line, and harms no other call", async (_where, row) => {
    const version = withRows({ Heartbeat: heartbeat(row) });
    const { station, log } = await served(version);
    const [answer = ""] = await station.send('[2,"1","Heartbeat",{}]');
    expect(JSON.parse(answer).slice(0, 3)).toEqual([4, "1", "InternalError"]);
    expect(log.lines.filter((line) => line.level === "error")).toHaveLength(1);
    const [next = ""] = await station.send('[2,"2","ClearCache",{}]');
    expect(JSON.parse(next).slice(0, 3)).toEqual([4, "2", "NotSupported"]);
  });

  it("that records what the core refuses gets InternalError", async () => {
    const stream = streams.chargingStation(stationKey("CP-1"));
    const command = { stream, type: "AcceptChargingStation", data: {} };
    const version = withRows({ Heartbeat: heartbeat({ commands: () => [command] }) });
    const { station, log } = await served(version);
    const [answer = ""] = await station.send('[2,"1","Heartbeat",{}]');
    expect(JSON.parse(answer).slice(0, 3)).toEqual([4, "1", "InternalError"]);
    expect(log.lines.map((line) => line.message).join()).toContain("refused");
  });

  it("in a request ends it as failed, unsent", async () => {
    const row = { spec: "for a test", on: "ResetRequested", priority: 0 } as const;
    const broken = { ...row, request: (): object => boom(), outcome: boom };
    const version = withRows({ Reset: toStation({ action: "Reset", ...broken }) });
    const one = await served(version);
    await request(one, { event: "ResetRequested", fields: { kind: "soft" }, id: "r1" });
    expect(one.station.socket.sent).toEqual([]);
    expect(endsOf(one)).toMatchObject({ r1: { outcome: "failed" } });
  });

  it("in reading an answer ends the request as failed", async () => {
    const row = { spec: "for a test", on: "ResetRequested", priority: 0 } as const;
    const speaks = { ...row, request: () => ({ type: "Soft" }), outcome: boom };
    const one = await served(withRows({ Reset: toStation({ action: "Reset", ...speaks }) }));
    await request(one, { event: "ResetRequested", fields: { kind: "soft" }, id: "r1" });
    const id = JSON.parse(one.station.socket.sent[0] ?? "")[1];
    await one.station.send(JSON.stringify([3, id, { status: "Accepted" }]));
    expect(endsOf(one)).toMatchObject({ r1: { outcome: "failed" } });
  });
});

const status = JSON.stringify({ connectorId: 1, status: "Faulted", errorCode: "NoError" });

describe("a connection whose station has a newer one elsewhere", () => {
  it.each([
    ["says something", `[2,"1","StatusNotification",${status}]`],
    ["is asked for something", undefined],
  ])("is closed once it %s, so that its station comes back", async (_what, text) => {
    const one = await served(v1_6);
    const { key, socket, send } = one.station;
    await one.store.connect({ station: key, node: "other", connectedAt: one.clock.now() });
    if (text !== undefined) await send(text);
    else await request(one, { event: "ResetRequested", fields: { kind: "soft" }, id: "r1" });
    expect(socket.sent).toEqual([]);
    expect(socket.closed).toEqual({ code: 1000, reason: "replaced by a newer connection" });
  });
});

describe("a connection that ended while something of it was being written", () => {
  it.each([
    ["what its station said", `[2,"1","StatusNotification",${status}]`],
    ["that a request goes out", undefined],
  ])("says nothing more, and its station is not odd for having come back: %s", async (_, text) => {
    const { promise: isBack, resolve: comeBack } = Promise.withResolvers<void>();
    const one = await served(v1_6, {
      store: (inner) => ({
        ...inner,
        append: async (unit) => {
          if (unit.fence?.epoch === 1) await isBack;
          return inner.append(unit);
        },
      }),
    });
    if (text !== undefined) await one.station.send(text);
    else await request(one, { event: "ResetRequested", fields: { kind: "soft" }, id: "r1" });
    await one.station.drop();
    const back = await one.connect();
    comeBack();
    await one.settle();
    expect(one.station.socket).toMatchObject({ closed: undefined, sent: [] });
    expect(back.socket.closed).toBeUndefined();
    expect(one.types()).not.toContain("DeviationSeen");
    // What was not written goes out on the new connection.
    if (text === undefined) expect(back.socket.sent).toHaveLength(1);
  });
});

describe("requests that wait while the log cannot commit", () => {
  it("all go out once it can again", async () => {
    let broken = false;
    const one = await served(v1_6, {
      store: (inner) => ({
        ...inner,
        append: async (unit) => {
          if (broken && unit.fence !== undefined) throw new StoreUnavailable("the disk is full");
          return inner.append(unit);
        },
      }),
    });
    const { socket, send, connection } = one.station;
    for (const [n, message] of ["Heartbeat", "BootNotification", "StatusNotification"].entries()) {
      await request(one, { event: "TriggerMessageRequested", fields: { message }, id: `r${n}` });
    }
    broken = true;
    const [, first] = JSON.parse(socket.sent[0] ?? "");
    expect(await send(`[3,"${first}",{"status":"Accepted"}]`)).toEqual([]);
    broken = false;
    socket.onSent = ([, id]) => connection.receive(`[3,"${id}",{"status":"Accepted"}]`);
    one.clock.advance(5_000);
    await one.settle();
    expect(socket.sent).toHaveLength(3);
    expect(one.types().filter((type) => type === "RequestCompleted")).toHaveLength(3);
  });
});

describe("an answer to a request that comes while the log cannot commit", () => {
  const away = () => {
    const store = { isAway: false, isLying: false };
    const options: HarnessOptions = {
      store: (inner) => ({
        ...inner,
        append: async (unit) => {
          if (store.isAway) throw new StoreUnavailable("the disk is full");
          const result = await inner.append(unit);
          if (!store.isLying) return result;
          throw new StoreUnavailable("no reply came");
        },
      }),
    };
    return { store, options };
  };
  const reset = { event: "ResetRequested", fields: { kind: "soft" }, id: "r1" } as const;
  const accepted = (sent: readonly string[], at = 0) =>
    `[3,"${JSON.parse(sent[at] ?? "")[1]}",{"status":"Accepted"}]`;

  it("is kept and counts once it can, also after the deadline", async () => {
    const { store, options } = away();
    const one = await served(v1_6, options);
    await request(one, reset);
    store.isAway = true;
    const answeredAt = one.clock.now();
    await one.station.send(accepted(one.station.socket.sent));
    one.clock.advance(600_000);
    await one.settle();
    expect(endsOf(one)).toEqual({});
    store.isAway = false;
    await one.rpc.catchUp();
    expect(endsOf(one)).toMatchObject({ r1: { outcome: "accepted" } });
    const end = one.heard.find(({ type }) => type === "RequestCompleted");
    expect(end?.data).toMatchObject({ at: answeredAt });
    expect(one.types()).not.toContain("RequestAnsweredLate");
  });

  it("counts although its station has come back on another connection since", async () => {
    const { store, options } = away();
    const one = await served(v1_6, options);
    await request(one, reset);
    store.isAway = true;
    await one.station.send(accepted(one.station.socket.sent));
    store.isAway = false;
    await one.connect();
    await one.settle();
    expect(endsOf(one)).toMatchObject({ r1: { outcome: "accepted" } });
  });

  it("has one effect where it was committed and nobody could say so", async () => {
    const { store, options } = away();
    const one = await served(v1_6, options);
    const fields = { vendorId: "v", data: "d" };
    await request(one, { event: "DataTransferRequested", fields, id: "r1" });
    store.isLying = true;
    await one.station.send(accepted(one.station.socket.sent));
    store.isLying = false;
    await one.rpc.catchUp();
    await one.settle();
    const events = await one.store.readAll({ after: 0, limit: 100 });
    const count = (type: string) => events.filter((event) => event.type === type).length;
    expect(count("DataTransferResponseReceived")).toBe(1);
    expect(count("RequestCompleted")).toBe(1);
    expect(count("RequestAnsweredLate")).toBe(0);
  });

  it("is given up where too many wait, and the log says whose", async () => {
    const { store, options } = away();
    const one = await served(v1_6, { ...options, limits: { keptAnswersMax: 0 } });
    await request(one, reset);
    store.isAway = true;
    await one.station.send(accepted(one.station.socket.sent));
    const said = one.log.lines.filter(({ message }) => message.includes("could not be recorded"));
    expect(said).toMatchObject([{ fields: { station: "CP-1", requestId: "r1" } }]);
  });
});

describe("requests to a station that is served no more", () => {
  const unaccept = async (one: Awaited<ReturnType<typeof served>>) => {
    const command = toChargingStation(one.station.key, "UnacceptChargingStation", {});
    await one.bus.commands.execute({
      actor: systemActor("test"),
      station: one.station.key,
      commands: [command],
    });
    await one.settle();
  };

  it("end at once if they were not sent; the one that was is answered", async () => {
    const one = await served(v1_6);
    const { socket, send } = one.station;
    await request(one, { event: "ResetRequested", fields: { kind: "soft" }, id: "r1" });
    await request(one, { event: "ClearCacheRequested", fields: {}, id: "r2" });
    await unaccept(one);
    expect(endsOf(one)).toMatchObject({ r2: { outcome: "superseded" } });
    await send(`[3,"${JSON.parse(socket.sent[0] ?? "")[1]}",{"status":"Accepted"}]`);
    expect(endsOf(one)).toMatchObject({ r1: { outcome: "accepted" } });
    expect(socket.sent).toHaveLength(1);
  });
});

describe("a request in several calls", () => {
  const keys = { keys: ["a", "b", "c"] };
  const split = withRows({
    GetConfiguration: toStation({
      action: "GetConfiguration",
      spec: "for a test",
      on: "ConfigurationItemsRequested",
      priority: 3,
      request: (event: typeof keys) => ({ key: event.keys }),
      chunks: ({ key }) => key.map((one) => ({ key: [one] })),
      join: (ends) => ({ outcome: "accepted", result: ends.map((end) => end.result) }),
      outcome: (_answer, asked) => ({ outcome: "accepted", result: asked.key[0] }),
    }),
  });
  const ask = { event: "ConfigurationItemsRequested", fields: keys, id: "r1" };

  it("sends one after the other and ends once", async () => {
    const one = await served(split);
    one.station.socket.onSent = ([, id]) => one.station.connection.receive(`[3,"${id}",{}]`);
    await request(one, ask);
    await one.settle();
    const asked = one.station.socket.sent.map((frame) => JSON.parse(frame)[3].key);
    expect(asked).toEqual([["a"], ["b"], ["c"]]);
    expect(endsOf(one)).toEqual({ r1: { outcome: "accepted", result: ["a", "b", "c"] } });
    expect(one.types().filter((type) => type === "RequestSent")).toHaveLength(1);
  });

  it("stops at the first that fails", async () => {
    const one = await served(split);
    one.station.socket.onSent = ([, id]) => {
      one.station.connection.receive(`[4,"${id}","GenericError","",{}]`);
    };
    await request(one, ask);
    expect(one.station.socket.sent).toHaveLength(1);
    expect(endsOf(one)).toMatchObject({ r1: { outcome: "failed", status: "GenericError" } });
  });
});

describe("a token", () => {
  it("goes into the log by its reference alone, and out by its value", async () => {
    const one = await served(v1_6);
    await one.station.send('[2,"1","Authorize",{"idTag":"Secret77"}]');
    const ref = await one.bus.tokens.find("SECRET77");
    expect(ref).toBeDefined();
    expect(JSON.stringify(one.heard)).not.toMatch(/secret77/i);
    await request(one, {
      event: "StartTransactionRequested",
      fields: { tokenRef: ref, evseId: 1 },
      id: "s1",
    });
    const sent = JSON.parse(one.station.socket.sent.at(-1) ?? "");
    expect(sent[3]).toMatchObject({ idTag: "Secret77" });
  });
});

describe("a receipt's id", () => {
  const fact = {
    peer: { key: "cp-1", epoch: 4 },
    action: "MeterValues",
    payload: "{}",
    at: "2026-05-04T10:00:00.000Z",
    days: 400,
  };
  const cipher = rpcHarness(v1_6).cipher;
  const idOf = (change: object) => receiptOf(cipher, { ...fact, ...change }).id;
  const stationInstant = "2026-05-03T23:59:00Z";

  it("begins with the second of the fact and is the same on every connection", () => {
    const id = idOf({ stationInstant });
    expect(id).toMatch(/^2026-05-03T23:59:00-[\w-]{22}$/);
    expect(idOf({ stationInstant, peer: { key: "cp-1", epoch: 5 } })).toBe(id);
    expect(idOf({ stationInstant, peer: { key: "cp-2", epoch: 4 } })).not.toBe(id);
    expect(idOf({ stationInstant, payload: "{ }" })).not.toBe(id);
    expect(receiptOf(cipher, fact).expiresAt).toBe("2027-06-08T10:00:00.000Z");
  });

  it.each([undefined, "1970-01-01T00:00:10Z", "2031-01-01T00:00:00Z", "nonsense"])(
    "with the clock at %s holds for one connection",
    (instant) => {
      const id = idOf({ stationInstant: instant });
      expect(id).toMatch(/^connection 4-/);
      const later = "2026-05-05T10:00:00.000Z";
      expect(idOf({ stationInstant: instant, at: later })).toBe(id);
      expect(idOf({ stationInstant: instant, peer: { key: "cp-1", epoch: 5 } })).not.toBe(id);
    },
  );
});

describe("stations that boot at the same time", () => {
  it.each([
    ["served", "CP-1", 300, 30],
    ["strangers", "stranger", 60, 30],
  ])("and are %s are told different intervals", async (_what, stationId, middle, most) => {
    const { admit, connect } = rpcHarness(v1_6);
    await admit("CP-1");
    const { send } = await connect(stationId);
    const intervals: number[] = [];
    for (let at = 0; at < 20; at += 1) {
      const boot = { chargePointVendor: "Acme", chargePointModel: "One" };
      const [answer = ""] = await send(JSON.stringify([2, `b${at}`, "BootNotification", boot]));
      intervals.push(JSON.parse(answer)[2].interval);
    }
    expect(new Set(intervals).size).toBeGreaterThan(5);
    for (const one of intervals) expect(Math.abs(one - middle)).toBeLessThanOrEqual(most);
  });
});

describe("under the policy accept", () => {
  it("a stranger is accepted, configured provisionally, and served", async () => {
    const { connect, state } = rpcHarness(v1_6, { settings: { unknownStations: "accept" } });
    const { send } = await connect();
    const boot = { chargePointVendor: "Acme", chargePointModel: "One" };
    const [answer = ""] = await send(JSON.stringify([2, "1", "BootNotification", boot]));
    const { status, interval } = JSON.parse(answer)[2];
    expect(status).toBe("Accepted");
    expect(Math.abs(interval - 300)).toBeLessThanOrEqual(30);
    expect(await state()).toMatchObject({ accepted: true, configured: true, inferred: true });
    const [next = ""] = await send('[2,"2","Heartbeat",{}]');
    expect(JSON.parse(next)[0]).toBe(3);
  });
});

const statusOf = (id: string) =>
  JSON.stringify([
    ...[2, id, "StatusNotification"],
    { connectorId: 1, errorCode: "NoError", status: "Charging" },
  ]);

it("says once a minute that the log is away, however many messages come to nothing", async () => {
  let reason: string | undefined;
  const { admit, connect, log, clock, rpc } = rpcHarness(v1_6, {
    store: (inner) => ({
      ...inner,
      append: async (unit) => {
        if (reason !== undefined) throw new StoreUnavailable(reason);
        return inner.append(unit);
      },
    }),
  });
  const stations: Awaited<ReturnType<typeof connect>>[] = [];
  for (const id of ["CP-1", "CP-2"]) {
    await admit(id);
    stations.push(await connect(id));
  }
  const said = () =>
    log.lines
      .filter(({ message }) => message.includes("was not acknowledged"))
      .map(({ fields }) => [fields?.station, String(fields?.error), fields?.unsaid]);
  const each = async (id: string) => {
    for (const { send } of stations) expect(await send(statusOf(id))).toEqual([]);
  };
  reason = "disk full";
  await each("m1");
  await each("m2");
  expect(rpc.counts.callsUnanswered).toBe(4);
  expect(said()).toEqual([["CP-1", expect.stringContaining("disk full"), undefined]]);
  reason = "disk broken";
  await each("m3");
  clock.advance(60_000);
  await each("m4");
  expect(said().slice(1)).toEqual([
    ["CP-1", expect.stringContaining("disk broken"), undefined],
    ["CP-1", expect.stringContaining("disk broken"), 1],
  ]);
});
