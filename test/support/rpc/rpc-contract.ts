// What every version of OCPP has in common over the RPC layer: admission, one answer per call, one
// effect per fact, one call in flight, one outcome per request.
import { describe, expect, it } from "vitest";
import { type Command, stationKey, streams, systemActor } from "#core";
import type { OcppVersion } from "#ocpp";
import { type HarnessOptions, type RpcHarness, rpcHarness } from "#support/rpc/rpc-harness";

/** Words of one version for the suite. */
export interface RpcSamples {
  readonly version: OcppVersion;
  readonly boot: { readonly action: string; readonly payload: object };
  /** How a boot's answer says its status. */
  readonly bootStatus: { readonly accepted: string; readonly refused: string };
  /** Something only a served station may say, and the event that it leads to. */
  readonly fact: { readonly action: string; readonly payload: object; readonly event: string };
  /** A fact about a transaction, and the event that it leads to. */
  readonly transactionFact: RpcSamples["fact"];
  /** A payload of `fact` that its schema refuses beyond repair. */
  readonly wrongPayload: object;
  readonly heartbeat: { readonly action: string };
  /** An action that the version has, and that only we may send. */
  readonly onlyToStation: string;
  /** A request to the station, its event and its action; `accepted` is what a station answers. */
  readonly request: {
    readonly event: string;
    readonly fields: object;
    readonly action: string;
    readonly accepted: object;
    readonly rejected: object;
  };
  /** The same for one that goes out before it. */
  readonly urgent: { readonly event: string; readonly fields: object; readonly action: string };
}

const key = stationKey("CP-1");
const actor = systemActor("test");
const commandOf = (event: string) => `Request${event.replace(/Requested$/, "")}`;

/** Asks the harness's station for something. */
export async function request(
  node: RpcHarness,
  given: {
    readonly event: string;
    readonly fields: object;
    readonly id: string;
    readonly more?: object;
  },
): Promise<void> {
  const requestedAt = node.clock.now();
  const deadline = "2026-05-04T11:00:00.000Z";
  const names = { requestId: given.id, correlationId: `because-${given.id}` };
  const command: Command = {
    stream: streams.chargingStation(key),
    type: commandOf(given.event),
    data: { ...names, requestedAt, deadline, ...given.fields, ...given.more },
  };
  const result = await node.bus.commands.execute({
    ...{ actor, station: key, correlationId: names.correlationId },
    commands: [command],
  });
  expect(result).toMatchObject({ status: "committed" });
  await node.settle();
}

/** Type, id and code of a CALLERROR. */
const refusalIn = (frame = "[]"): unknown[] => JSON.parse(frame).slice(0, 3);

/** Ends of the harness's requests, by id. */
export function endsOf(node: RpcHarness): Record<string, unknown> {
  const ends = node.heard.filter((event) => event.type === "RequestCompleted");
  return Object.fromEntries(
    ends.map(({ data }) => {
      const { requestId, at: _at, ...end } = data as { requestId: string; at: string };
      return [requestId, end];
    }),
  );
}

/** Runs the suite for one version. */
export function rpcContract(samples: RpcSamples): void {
  const node = (options?: HarnessOptions) => rpcHarness(samples.version, options);
  const text = (id: string, { action, payload = {} }: { action: string; payload?: object }) =>
    JSON.stringify([2, id, action, payload]);
  const codes = samples.version.errorCodes;
  const served = async (options?: HarnessOptions) => {
    const one = node(options);
    await one.admit();
    return { ...one, station: await one.connect() };
  };

  describe(`${samples.version.protocol}: admission`, () => {
    it("creates an unknown station at its boot, and refuses it by default", async () => {
      const { connect, state, types, log } = node();
      const { send } = await connect();
      const [answer = ""] = await send(text("1", samples.boot));
      expect(JSON.parse(answer)).toMatchObject([
        ...[3, "1"],
        { status: samples.bootStatus.refused },
      ]);
      expect(types().slice(0, 2)).toEqual([
        "ChargingStationCreated",
        "UnconfiguredChargingStationBooted",
      ]);
      const known = await state();
      expect(known).toMatchObject({ exists: true, accepted: false, stationId: "CP-1" });
      expect(known.transactionNumberBase).toBeGreaterThanOrEqual(2 ** 20);
      expect(known.transactionNumberBase).toBeLessThan(2 ** 30);
      expect(log.lines.map((line) => line.message).join()).toContain("npx motown accept CP-1");
    });

    it("tells of one knocking station once in ten minutes", async () => {
      const { connect, log, clock } = node();
      const { send } = await connect();
      const told = () => log.lines.filter((line) => line.message.includes("motown accept")).length;
      for (const id of ["1", "2"]) await send(text(id, samples.boot));
      await send(text("3", samples.fact));
      expect(told()).toBe(1);
      clock.advance(600_001);
      await send(text("4", samples.fact));
      expect(told()).toBe(2);
    });

    it("lets nobody else speak: CALLERROR, the frame kept, no event", async () => {
      const { connect, types, frames } = node();
      const { send } = await connect();
      const [answer = ""] = await send(text("1", samples.fact));
      expect(refusalIn(answer)).toEqual([4, "1", codes.securityError]);
      expect(types()).toEqual([]);
      const kept = await frames.list({ station: key, limit: 10 });
      expect(kept).toMatchObject([{ action: samples.fact.action, answer }]);
    });

    it("serves who is accepted and configured, without a boot", async () => {
      const { station, types } = await served();
      const [answer = ""] = await station.send(text("1", samples.fact));
      expect(JSON.parse(answer).slice(0, 2)).toEqual([3, "1"]);
      expect(types()).toContain(samples.fact.event);
    });

    it("answers a boot as accepted only when the configuration comes in time", async () => {
      const early = node();
      await early.admit("CP-1", { configured: false });
      const station = await early.connect();
      station.connection.receive(text("1", samples.boot));
      await early.settle();
      expect(station.socket.sent).toEqual([]);
      const evses = [{ evseId: 1, connectors: [] }];
      const stream = streams.chargingStation(key);
      await early.execute({ stream, type: "ConfigureChargingStation", data: { evses } });
      expect(JSON.parse(station.socket.sent[0] ?? "")).toMatchObject([
        ...[3, "1"],
        { status: samples.bootStatus.accepted },
      ]);
      const late = node();
      await late.admit("CP-1", { configured: false });
      const waiting = await late.connect();
      waiting.connection.receive(text("1", samples.boot));
      await late.settle();
      late.clock.advance(1_000);
      await late.settle();
      expect(JSON.parse(waiting.socket.sent[0] ?? "")).toMatchObject([
        ...[3, "1"],
        { status: samples.bootStatus.refused },
      ]);
    });

    it("takes facts about transactions of who was un-accepted, and no others", async () => {
      const { station, execute, types } = await served();
      const stream = streams.chargingStation(key);
      await execute({ stream, type: "UnacceptChargingStation", data: {} });
      const [fact = ""] = await station.send(text("1", samples.transactionFact));
      expect(JSON.parse(fact)[0]).toBe(3);
      expect(types()).toContain(samples.transactionFact.event);
      const [other = ""] = await station.send(text("2", samples.fact));
      expect(refusalIn(other)).toEqual([4, "2", codes.securityError]);
    });
  });

  describe(`${samples.version.protocol}: calls of the station`, () => {
    it("answers each call once, in the order of their arrival", async () => {
      const { station, settle, clock } = await served();
      const ids = Array.from({ length: 40 }, (_, n) => String(n));
      for (const id of ids) {
        const sample = Number(id) % 2 ? samples.heartbeat : samples.fact;
        station.connection.receive(text(id, sample));
      }
      // Who does not wait for answers is served a few calls at a time.
      for (let turn = 0; turn < ids.length; turn++) {
        await settle();
        clock.advance(1);
      }
      expect(station.socket.sent.map((frame) => JSON.parse(frame)[1])).toEqual(ids);
    });

    it("stops reading rather than dropping what it cannot answer yet", async () => {
      const { station, settle } = await served({ limits: { inboundQueueMax: 4 } });
      const ids = ["a", "b", "c", "d", "e", "f"];
      for (const id of ids) station.connection.receive(text(id, samples.fact));
      expect(station.socket.paused).toBe(true);
      await settle();
      expect(station.socket.paused).toBe(false);
      expect(station.socket.sent.map((frame) => JSON.parse(frame)[1])).toEqual(ids);
    });

    it("disconnects who sends without end", async () => {
      const { station } = await served({ limits: { inboundQueueMax: 4 } });
      for (let id = 0; id < 100; id++) station.connection.receive(text(`${id}`, samples.fact));
      expect(station.socket.closed).toMatchObject({ code: 1013 });
    });

    it.each([
      ["a fact", samples.fact],
      ["a fact about a transaction", samples.transactionFact],
    ])("gives %s that comes again the same answer, and no second effect", async (_what, fact) => {
      const { station, types, rpc } = await served();
      const [first] = await station.send(text("1", fact));
      const [again] = await station.send(text("1", fact));
      expect(again).toBe(first);
      expect(types().filter((type) => type === fact.event)).toHaveLength(1);
      expect(rpc.counts.callsFromStations).toBe(2);
    });

    it("does not take a message id that is used for ever for a repeat", async () => {
      const { station, rpc, clock } = await served();
      await station.send(text("1", samples.fact));
      await station.send(text("1", samples.fact));
      expect(rpc.counts.repeats).toBe(1);
      clock.advance(120_001);
      await station.send(text("1", samples.fact));
      expect(rpc.counts.repeats).toBe(1);
    });

    it("has one effect of a fact that comes again by another id and socket", async () => {
      const { station, types, connect } = await served();
      const [first = ""] = await station.send(text("1", samples.transactionFact));
      await station.drop();
      const { send } = await connect();
      const [again = ""] = await send(text("other", samples.transactionFact));
      expect(JSON.parse(again)[2]).toEqual(JSON.parse(first)[2]);
      expect(types().filter((type) => type === samples.transactionFact.event)).toHaveLength(1);
    });

    it("serves another content under a used id, and counts it", async () => {
      const { station, frames } = await served();
      await station.send(text("1", samples.fact));
      const [answer = ""] = await station.send(text("1", samples.transactionFact));
      expect(JSON.parse(answer)[0]).toBe(3);
      const counted = await frames.deviations({ station: key });
      expect(counted.map(({ code }) => code)).toContain("messageIdReused");
    });

    it.each([
      ["an unknown action", "Conjure", () => codes.notImplemented],
      ["an object's own words", "constructor", () => codes.notImplemented],
      ["an action that goes the other way", samples.onlyToStation, () => codes.notSupported],
    ])("refuses %s", async (_what, action, code) => {
      const { station } = await served();
      const [answer = ""] = await station.send(text("1", { action }));
      expect(refusalIn(answer)).toEqual([4, "1", code()]);
    });

    it("refuses a payload beyond repair by the version's code, and records it once", async () => {
      const { station, types } = await served();
      const wrong = { ...samples.fact, payload: samples.wrongPayload };
      const [answer = ""] = await station.send(text("1", wrong));
      const { occurrence, type, property, formation } = codes;
      const [kind, , code, description] = JSON.parse(answer);
      expect(kind).toBe(4);
      expect([occurrence, type, property, formation]).toContain(code);
      expect(description).not.toBe("");
      expect(types()).toContain("DeviationSeen");
      const before = types().length;
      await station.send(text("2", wrong));
      expect(types()).toHaveLength(before);
    });

    it.each([
      ["[2,", undefined],
      ['[2,"7","Heart', "7"],
      ['[2,"7",3,{}]', "7"],
      ['{"a":1}', undefined],
      ['[9,"7"]', undefined],
    ])("tells what is wrong with %s where it can", async (frame, id) => {
      const { station, frames } = await served();
      const answers = await station.send(frame);
      if (id === undefined) expect(answers).toEqual([]);
      else expect(refusalIn(answers[0] ?? "")).toEqual([4, id, codes.formation]);
      expect(await frames.deviations({ station: key })).toHaveLength(1);
      const [next = ""] = await station.send(text("8", samples.fact));
      expect(JSON.parse(next).slice(0, 2)).toEqual([3, "8"]);
    });

    it("serves an odd frame leniently, and refuses it strictly", async () => {
      const { action, payload } = samples.fact;
      const odd = JSON.stringify([2, 7, action, payload]);
      const lenient = await served();
      expect(JSON.parse((await lenient.station.send(odd))[0] ?? "").slice(0, 2)).toEqual([3, 7]);
      const strict = await served({ settings: { strict: true } });
      const [answer = ""] = await strict.station.send(odd);
      expect(refusalIn(answer)).toEqual([4, 7, codes.formation]);
    });

    it("does not answer what could not be committed; the station sends it again", async () => {
      let broken = true;
      const { station, types } = await served({
        store: (inner) => ({
          ...inner,
          append: (unit) => {
            const mine = unit.receipt !== undefined && broken;
            return mine ? Promise.reject(new Error("disk full")) : inner.append(unit);
          },
        }),
      });
      expect(await station.send(text("1", samples.transactionFact))).toEqual([]);
      const [other = ""] = await station.send(text("2", samples.heartbeat));
      expect(JSON.parse(other)[1]).toBe("2");
      broken = false;
      const [answer = ""] = await station.send(text("1", samples.transactionFact));
      expect(JSON.parse(answer).slice(0, 2)).toEqual([3, "1"]);
      expect(types().filter((type) => type === samples.transactionFact.event)).toHaveLength(1);
    });

    it("does not answer on a socket that was taken over elsewhere", async () => {
      const { station, store } = await served();
      await store.connect({
        station: key,
        node: "another",
        connectedAt: "2026-05-04T10:00:00.000Z",
      });
      expect(await station.send(text("1", samples.transactionFact))).toEqual([]);
    });

    it("keeps heartbeats as frames only when traced", async () => {
      const plain = await served();
      await plain.station.send(text("1", samples.heartbeat));
      expect(await plain.frames.list({ station: key, limit: 10 })).toEqual([]);
      const traced = await served({ settings: { isTraced: () => true } });
      await traced.station.send(text("1", samples.heartbeat));
      expect(await traced.frames.list({ station: key, limit: 10 })).toHaveLength(1);
    });
  });

  describe(`${samples.version.protocol}: calls to the station`, () => {
    const { request: sample, urgent } = samples;
    const callOf = (frame: string | undefined) => JSON.parse(frame ?? "[]") as [2, string, string];

    it.each([
      ["accepted", [3, sample.accepted]],
      ["rejected", [3, sample.rejected]],
    ] as const)("ends as %s by the station's answer", async (outcome, [kind, payload]) => {
      const one = await served();
      await request(one, { ...sample, id: "r1" });
      const [, id, action] = callOf(one.station.socket.sent[0]);
      expect(action).toBe(sample.action);
      expect((await one.state()).requests).toMatchObject([{ requestId: "r1", epoch: 1 }]);
      await one.station.send(JSON.stringify([kind, id, payload]));
      expect(endsOf(one)).toMatchObject({ r1: { outcome } });
      const page = await one.store.readCorrelation({
        ...{ correlationId: "because-r1", after: 0, limit: 10 },
      });
      expect(page.map((event) => event.type)).toEqual(
        expect.arrayContaining([sample.event, "RequestSent", "RequestCompleted"]),
      );
      expect(await one.frames.list({ station: key, limit: 10 })).toMatchObject([
        { direction: "toStation", action, correlationId: "because-r1" },
      ]);
    });

    it("ends as failed by a CALLERROR, whatever its spelling", async () => {
      const one = await served();
      await request(one, { ...sample, id: "r1" });
      const [, id] = callOf(one.station.socket.sent[0]);
      await one.station.send(JSON.stringify([4, id, "Error", "no idea", { a: 1 }]));
      expect(endsOf(one)).toEqual({
        r1: {
          ...{ outcome: "failed", status: "Error" },
          result: { description: "no idea", details: { a: 1 } },
        },
      });
    });

    it("ends as failed by an answer beyond repair", async () => {
      const one = await served();
      await request(one, { ...sample, id: "r1" });
      const [, id] = callOf(one.station.socket.sent[0]);
      await one.station.send(JSON.stringify([3, id, 7]));
      expect(endsOf(one)).toMatchObject({ r1: { outcome: "failed", status: "InvalidAnswer" } });
    });

    it("has one call in flight, and sends the urgent one first", async () => {
      const one = await served();
      const { socket, send } = one.station;
      await request(one, { ...sample, id: "r1" });
      await request(one, { ...sample, id: "r2", more: { validUntil: undefined } });
      await request(one, { ...urgent, id: "u1" });
      expect(socket.sent).toHaveLength(1);
      await send(JSON.stringify([4, callOf(socket.sent[0])[1], "GenericError", "", {}]));
      expect(callOf(socket.sent[1])[2]).toBe(urgent.action);
      expect(socket.sent).toHaveLength(2);
    });

    it("times out, goes on, and takes a late answer as an event of its own", async () => {
      const one = await served();
      const { socket, send } = one.station;
      await request(one, { ...sample, id: "r1" });
      await request(one, { ...urgent, id: "u1" });
      one.clock.advance(30_000);
      await one.settle();
      expect(endsOf(one)).toMatchObject({ r1: { outcome: "timedOut" } });
      expect(callOf(socket.sent[1])[2]).toBe(urgent.action);
      await send(JSON.stringify([3, callOf(socket.sent[0])[1], sample.accepted]));
      expect(one.types()).toContain("RequestAnsweredLate");
      expect(endsOf(one)).toMatchObject({ r1: { outcome: "timedOut" } });
    });

    it("takes a late answer that comes on the next socket", async () => {
      const one = await served();
      await request(one, { ...sample, id: "r1" });
      await one.station.drop();
      const { send } = await one.connect();
      await send(JSON.stringify([3, callOf(one.station.socket.sent[0])[1], sample.accepted]));
      expect(one.types()).toContain("RequestAnsweredLate");
    });

    it("counts an answer to nothing", async () => {
      const one = await served();
      await one.station.send('[3,"nothing",{}]');
      const counted = await one.frames.deviations({ station: key });
      expect(counted).toMatchObject([{ code: "answerToNothing", count: 1 }]);
    });

    it("is over when the socket closes: never sent again", async () => {
      const one = await served();
      await request(one, { ...sample, id: "r1" });
      await request(one, { ...urgent, id: "u1" });
      await one.station.drop();
      expect(endsOf(one)).toEqual({
        r1: { outcome: "timedOut" },
        u1: { outcome: "stationOffline" },
      });
      const { socket } = await one.connect();
      expect(socket.sent).toEqual([]);
    });

    it("is offline at once without a socket, or waits for one", async () => {
      const one = node();
      await one.admit();
      await request(one, { ...urgent, id: "u1" });
      expect(endsOf(one)).toEqual({ u1: { outcome: "stationOffline" } });
      const more = { validUntil: "2026-05-04T11:00:00.000Z" };
      await request(one, { ...sample, id: "r1", more });
      expect(endsOf(one)).not.toHaveProperty("r1");
      const { socket } = await one.connect();
      expect(callOf(socket.sent[0])[2]).toBe(sample.action);
    });

    it("does not go to whom we do not serve any more", async () => {
      const one = node();
      await one.admit();
      const more = { validUntil: "2026-05-04T11:00:00.000Z" };
      await request(one, { ...sample, id: "r1", more });
      const stream = streams.chargingStation(key);
      await one.execute({ stream, type: "UnacceptChargingStation", data: {} });
      const { socket } = await one.connect();
      expect(socket.sent).toEqual([]);
      expect(one.types()).not.toContain("RequestSent");
    });

    it("hands what waits over to a newer socket, and gives up what was sent", async () => {
      const one = await served();
      await request(one, { ...sample, id: "r1" });
      await request(one, { ...urgent, id: "u1" });
      const { socket } = await one.connect();
      expect(one.station.socket.closed).toMatchObject({ code: 1000 });
      expect(endsOf(one)).toEqual({ r1: { outcome: "timedOut" } });
      expect(socket.sent.map((frame) => callOf(frame)[2])).toEqual([urgent.action]);
    });

    it("ends what an older node had sent, and does not send it again", async () => {
      const one = node();
      await one.admit();
      const more = { validUntil: "2026-05-04T11:00:00.000Z" };
      await request(one, { ...sample, id: "r1", more });
      const stream = streams.chargingStation(key);
      const sent = { requestId: "r1", epoch: 0, at: one.clock.now() };
      await one.execute({ stream, type: "RecordRequestSent", data: sent });
      const { socket } = await one.connect();
      expect(socket.sent).toEqual([]);
      expect(endsOf(one)).toEqual({ r1: { outcome: "timedOut" } });
    });

    it("does not send what was superseded while it waited", async () => {
      const one = await served();
      const { socket, send } = one.station;
      await request(one, { ...sample, id: "r1" });
      await request(one, { ...urgent, id: "u1" });
      await request(one, { ...urgent, id: "u2" });
      expect(endsOf(one)).toEqual({ u1: { outcome: "superseded" } });
      await send(JSON.stringify([4, callOf(socket.sent[0])[1], "GenericError", "", {}]));
      await send(JSON.stringify([4, callOf(socket.sent[1])[1], "GenericError", "", {}]));
      expect(socket.sent).toHaveLength(2);
    });

    it("sends any call of the version, with the named one's effects", async () => {
      const one = await served();
      const payload = JSON.parse(JSON.stringify(sample.fields));
      const fields = { action: urgent.action, payload };
      await request(one, { event: "OcppCallRequested", fields, id: "c1" });
      expect(endsOf(one)).toMatchObject({ c1: { outcome: "failed" } });
      expect(one.station.socket.sent).toEqual([]);
      const unknown = { action: "Conjure", payload: {} };
      await request(one, { event: "OcppCallRequested", fields: unknown, id: "c2" });
      expect(endsOf(one)).toMatchObject({ c2: { outcome: "notSupported" } });
    });
  });
}
