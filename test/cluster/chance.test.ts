// Goal: whatever happens between nodes, they stay one CSMS. Method: seeded chance moves stations
// about, freezes and parts nodes, loses, doubles and delays messages; then all is healed, and the
// log says what was true. A seed that fails is named.
import { expect, it } from "vitest";
import type { Dice } from "#bus";
import { stationKey, streams } from "#core";
import { testDice } from "#support/environment";
import { admission, clusterWorld, settle } from "./world.ts";

const names = ["one", "two", "three"];
const stations = ["CP-1", "CP-2", "CP-3", "CP-4"];
const steps = 60;
const seeds = Array.from({ length: 12 }, (_none, at) => at + 1);

type World = Awaited<ReturnType<typeof clusterWorld>>;
type Line = Awaited<ReturnType<ReturnType<World["node"]>["connect"]>> & { readonly on: string };

const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice.below(from.length)] as T;

/** What stations and operators were told in one run. */
class Run {
  readonly world: World;
  readonly dice: Dice;
  readonly lines = new Map<string, Line>();
  /** Sockets that their stations have left for newer ones. */
  readonly left: Line[] = [];
  readonly frozen = new Set<string>();
  /** Instants of statuses: those that were said, and those that were acknowledged. */
  readonly said: string[] = [];
  readonly acknowledged: string[] = [];
  /** Instants of what was said where nobody may listen. */
  readonly unheard: string[] = [];
  readonly requests: string[] = [];
  /** Calls that went out, by the wire's message id. */
  readonly calls: string[] = [];
  #count = 0;

  constructor(world: World, dice: Dice) {
    this.world = world;
    this.dice = dice;
  }

  get awake(): string[] {
    return names.filter((name) => !this.frozen.has(name));
  }

  async connect(stationId: string, on = pick(this.dice, this.awake)): Promise<void> {
    const line = { ...(await this.world.node(on).connect(stationId)), on };
    const before = this.lines.get(stationId);
    if (before !== undefined) this.left.push(before);
    this.lines.set(stationId, line);
    const answer = (frame: string): void => {
      const [kind, id] = JSON.parse(frame) as [number, string];
      if (kind !== 2) return;
      this.calls.push(id);
      const accepted = JSON.stringify([3, id, { status: "Accepted" }]);
      queueMicrotask(() => line.connection.receive(accepted));
    };
    line.socket.onSent = (frame) => answer(JSON.stringify(frame));
    // What went out while the connection was being taken in.
    for (const frame of line.socket.sent) answer(frame);
    await settle();
  }

  async status(stationId: string): Promise<void> {
    const line = this.lines.get(stationId);
    if (line === undefined || this.frozen.has(line.on)) return;
    const { id, timestamp } = await this.#say(line);
    this.said.push(timestamp);
    const answered = line.socket.sent.some((frame) => frame.startsWith(`[3,"${id}"`));
    if (answered) this.acknowledged.push(timestamp);
  }

  /** What is said on a socket that its station has left is nothing. */
  async late(): Promise<void> {
    const lines = this.left.filter(({ on }) => !this.frozen.has(on));
    if (lines.length === 0) return;
    const line = pick(this.dice, lines);
    const { id, timestamp } = await this.#say(line);
    this.unheard.push(timestamp);
    expect(line.socket.sent.filter((frame) => frame.startsWith(`[3,"${id}"`))).toEqual([]);
  }

  async #say(line: Line): Promise<{ id: string; timestamp: string }> {
    this.#count += 1;
    const timestamp = new Date(Date.UTC(2026, 4, 4, 9) + this.#count * 1000).toISOString();
    const payload = { connectorId: 1, errorCode: "NoError", status: "Available", timestamp };
    const id = `s${this.#count}`;
    await line.send(JSON.stringify([2, id, "StatusNotification", payload]));
    return { id, timestamp };
  }

  async request(stationId: string): Promise<void> {
    this.#count += 1;
    const requestId = `r${this.#count}`;
    const node = this.world.node(pick(this.dice, this.awake));
    const names = { requestId, correlationId: `because-${requestId}` };
    const times = { requestedAt: node.clock.now(), deadline: "2027-05-04T12:00:00.000Z" };
    const data = { ...names, ...times, kind: "soft" };
    const stream = streams.chargingStation(stationKey(stationId));
    const result = await node.execute({ stream, type: "RequestReset", data });
    if (result.status === "committed") this.requests.push(requestId);
  }

  async freezeOrThaw(): Promise<void> {
    const name = pick(this.dice, names);
    if (this.frozen.delete(name)) await this.world.node(name).thaw();
    else if (this.frozen.size < 2) {
      this.frozen.add(name);
      this.world.node(name).freeze();
    }
  }

  trouble(): void {
    const { faults } = this.world.network;
    const [lost, doubled] = [pick(this.dice, [0, 300, 1000]), pick(this.dice, [0, 500])];
    const cut = pick(this.dice, [...names, ""]);
    faults.lostPerMille = lost;
    faults.doubledPerMille = doubled;
    faults.delayMs = pick(this.dice, [[0, 0] as const, [5, 900] as const]);
    faults.passes = (from, to) => from !== cut && to !== cut;
    faults.reachesTables = (node) => node !== cut || lost === 0;
  }

  async step(): Promise<void> {
    const stationId = pick(this.dice, stations);
    const chance = this.dice.below(100);
    if (chance < 25) await this.connect(stationId);
    else if (chance < 52) await this.status(stationId);
    else if (chance < 60) await this.late();
    else if (chance < 80) await this.request(stationId);
    else if (chance < 88) await this.freezeOrThaw();
    else if (chance < 93) this.trouble();
    else await this.world.pass(1 + this.dice.below(8_000));
    for (const { socket } of this.lines.values()) expect(socket.closed).toBeUndefined();
  }

  /** Faults end, and every station comes once more. */
  async heal(): Promise<void> {
    const { faults } = this.world.network;
    faults.lostPerMille = 0;
    faults.doubledPerMille = 0;
    faults.delayMs = [0, 0];
    faults.passes = () => true;
    faults.reachesTables = () => true;
    for (const name of [...this.frozen]) {
      this.frozen.delete(name);
      await this.world.node(name).thaw();
    }
    await this.world.pass(3_000);
    for (const stationId of stations) await this.connect(stationId);
    // Even the sockets that their stations have left still give pongs.
    await this.world.pass(1);
    for (const name of names) {
      for (const connection of this.world.node(name).rpc.all()) connection.alive();
    }
    await this.world.pass(60_000);
  }
}

it.each(seeds)("nodes stay one CSMS, whatever happens between them: seed %i", async (seed) => {
  const world = await clusterWorld(names);
  for (const stationId of stations) await world.node("one").execute(...admission(stationId));
  const run = new Run(world, testDice(seed));
  for (let step = 0; step < steps; step += 1) await run.step();
  await run.heal();
  const log = await world.store.readAll({ after: 0, limit: 100_000 });
  const places = log.map(({ stream, version, type }) => `${stream} ${version} ${type}`);
  for (const name of names) {
    const { heard, rpc } = world.node(name);
    const met = heard.map(({ stream, version, type }) => `${stream} ${version} ${type}`);
    expect(met).toEqual(places);
    // Nobody holds a socket that is not its station's newest.
    for (const { key, epoch } of rpc.all()) {
      expect(await world.store.connections([key])).toMatchObject([{ node: name, epoch }]);
    }
  }
  const texts = log.map(({ data }) => data);
  const count = (text: string) => texts.filter((data) => data.includes(text)).length;
  for (const at of run.said) expect([at, count(at)].at(1)).toBeLessThanOrEqual(1);
  for (const at of run.unheard) expect([at, count(at)]).toEqual([at, 0]);
  for (const at of run.acknowledged) expect([at, count(at)]).toEqual([at, 1]);
  const ends = log.filter(({ type }) => type === "RequestCompleted").map(({ data }) => data);
  for (const id of run.requests) {
    expect([id, ends.filter((data) => data.includes(`"${id}"`)).length]).toEqual([id, 1]);
  }
  const sent = log.filter(({ type }) => type === "RequestSent");
  expect(run.calls.length).toBeLessThanOrEqual(sent.length);
  expect(run.calls.length).toBe(new Set(run.calls).size);
  for (const stationId of stations) {
    const states = names.map((name) =>
      world.node(name).bus.commands.station(stationKey(stationId)),
    );
    const [first, ...others] = await Promise.all(states);
    for (const other of others) expect(other).toEqual(first);
  }
});
