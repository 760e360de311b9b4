// Plays a fixture: what a station says, what it is answered and asked, and what came of it.
import { expect } from "vitest";
import { type Command, type EventEnvelope, stationKey, streams } from "#core";
import { createQuirkBook, type OcppVersion, readProfiles } from "#ocpp";
import { type RpcHarness, rpcHarness } from "#support/rpc/rpc-harness";

/** Part of a frame: all that it names must be so; `null` fits anything. */
type FramePart = readonly unknown[];

/** One thing that happens. */
export type Step =
  /** The station says a frame, broken or whole; `answer`: null where none may come. */
  | {
      readonly say: string | readonly unknown[];
      readonly answer?: FramePart | null;
      /** What goes out because of it. */
      readonly sent?: FramePart;
    }
  /** It says them all before it is answered; the ids of the answers, in order. */
  | { readonly burst: readonly (readonly unknown[])[]; readonly answered: readonly string[] }
  /** It says something and is gone before it is answered. */
  | { readonly lastWords: readonly unknown[] }
  | { readonly command: string; readonly with: object }
  /** We ask it for something; it is sent, or `null`: it is not. */
  | {
      readonly ask: string;
      readonly with?: object;
      readonly sent?: FramePart | null;
      readonly reply?: readonly unknown[];
      readonly outcome?: object;
    }
  | { readonly seconds: number; readonly sent?: FramePart | null }
  | { readonly reconnect: true };

/** A real-looking exchange for one row. */
export interface Fixture {
  readonly row: string;
  readonly name: string;
  readonly source?: string;
  /** As an operator writes them. */
  readonly profiles?: unknown;
  /** What the station says it is before the steps; left out: it says nothing. */
  readonly boot?: Readonly<Record<string, unknown>>;
  readonly evses?: number;
  /** Nobody has accepted it; such stations are told to wait. */
  readonly stranger?: true;
  readonly steps: readonly Step[];
  /** Events of the steps, in order, each with the part of its data that matters. */
  readonly events?: readonly (readonly [type: string, data: object])[];
  /** Types, or types with the part of their data that may not be. */
  readonly noEvents?: readonly (string | readonly [type: string, data: object])[];
  /** Codes that were counted, no more and no less. */
  readonly deviations: readonly string[];
  /** Value of the token that the session is of. */
  readonly token?: string;
  /** What the last thing said leads to where the station is strict. */
  readonly strict?: { readonly answer?: FramePart; readonly outcome?: object };
}

const key = stationKey("CP-1");
const stream = streams.chargingStation(key);
const deadline = "2026-05-04T23:00:00.000Z";

/** Plays a fixture to its end and holds it to what it expects. */
export async function play(
  version: OcppVersion,
  fixture: Fixture,
  { strict = false }: { readonly strict?: boolean } = {},
): Promise<void> {
  const own = readProfiles(fixture.profiles ?? [], `fixture ${fixture.row}`);
  const settings = { unknownStations: fixture.stranger ? "pending" : "reject" } as const;
  const player = new Player(rpcHarness(version, { quirks: createQuirkBook(own), settings }));
  await player.begin(fixture);
  const last = fixture.steps.length - 1;
  for (const [at, step] of fixture.steps.entries()) {
    if (strict && at === last) {
      await player.beStrict();
      return player.refuse(step, fixture.strict ?? {});
    }
    await player.step(step);
  }
  await player.conclude(fixture);
}

class Player {
  readonly #node: RpcHarness;
  #station: Awaited<ReturnType<RpcHarness["connect"]>> | undefined;
  #heardBefore = 0;
  #requests = 0;
  /** What steps may name: `$transaction` of the last start, `$call` of our last call. */
  readonly #names = new Map<string, unknown>();

  constructor(node: RpcHarness) {
    this.#node = node;
  }

  async begin({ boot, stranger, evses = 1 }: Fixture): Promise<void> {
    const node = this.#node;
    const list = Array.from({ length: evses }, (_none, at) => ({
      evseId: at + 1,
      connectors: [{ connectorId: 1, type: "IEC_62196_T2" }],
    }));
    if (stranger === undefined) {
      await node.admit();
      await node.execute({ stream, type: "ConfigureChargingStation", data: { evses: list } });
    }
    this.#station = await node.connect();
    if (boot !== undefined) {
      await this.step({ say: [2, "boot", "BootNotification", boot], answer: [3, "boot"] });
      // So that what is asked for at a connect is asked by what the station is.
      await this.step({ reconnect: true });
    }
    this.#heardBefore = node.heard.length;
  }

  beStrict(): Promise<unknown> {
    return this.#node.execute({ stream, type: "SetStrictness", data: { strict: true } });
  }

  async step(step: Step): Promise<void> {
    if ("say" in step) await this.#say(step);
    else if ("ask" in step) await this.#ask(step);
    else if ("seconds" in step) await this.#wait(step);
    else if ("burst" in step) await this.#burst(step);
    else if ("command" in step) {
      const data = this.#named(step.with) as object;
      await this.#node.execute({ stream, type: step.command, data });
    } else if ("lastWords" in step) {
      this.#station?.connection.receive(JSON.stringify(this.#named(step.lastWords)));
      await this.#station?.drop();
      this.#station = await this.#node.connect();
    } else {
      await this.#station?.drop();
      this.#station = await this.#node.connect();
    }
  }

  async refuse(step: Step, expected: NonNullable<Fixture["strict"]>): Promise<void> {
    if ("say" in step) await this.#say({ say: step.say, answer: expected.answer ?? null });
    else if ("ask" in step) await this.#ask({ ...step, outcome: expected.outcome ?? {} });
    else throw new Error("nothing that can be refused is said last");
  }

  async conclude(fixture: Fixture): Promise<void> {
    const { heard, frames, bus } = this.#node;
    const events = heard.slice(this.#heardBefore);
    let from = 0;
    for (const [type, data] of fixture.events ?? []) {
      const at = events.findIndex((event, place) => place >= from && fits(event, type, data));
      const told = events.map((event) => `${event.type} ${JSON.stringify(event.data)}`).join("\n");
      expect(at, `${type} ${JSON.stringify(data)} among\n${told}`).toBeGreaterThanOrEqual(0);
      from = at + 1;
    }
    for (const unwanted of fixture.noEvents ?? []) {
      const [type, data] = typeof unwanted === "string" ? [unwanted, {}] : unwanted;
      const found = events.filter((event) => fits(event, type, data));
      expect(found, `${type} ${JSON.stringify(data)}`).toEqual([]);
    }
    const counted = await frames.deviations({ station: key });
    const codes = [...new Set(counted.map(({ code }) => code))].filter(
      (code) => code !== "connectionReplaced",
    );
    expect(codes.sort()).toEqual([...fixture.deviations].sort());
    if (fixture.token === undefined) return;
    const opened = events.find((event) => event.type === "TransactionOpened");
    const { tokenRef = "" } = (opened?.data ?? {}) as { readonly tokenRef?: string };
    expect(await bus.tokens.valueOf(tokenRef)).toBe(fixture.token);
  }

  async #burst({ burst, answered }: Extract<Step, { burst: unknown }>): Promise<void> {
    const before = this.#station?.socket.sent.length ?? 0;
    for (const frame of burst) this.#station?.connection.receive(JSON.stringify(frame));
    for (let turn = 0; turn < 5; turn += 1) await this.#node.settle();
    const sent = this.#station?.socket.sent.slice(before) ?? [];
    expect(sent.map((frame) => JSON.parse(frame)[1])).toEqual(answered);
  }

  async #say({ say, answer, sent }: Extract<Step, { say: unknown }>): Promise<void> {
    const before = this.#sent().length;
    const text = typeof say === "string" ? say : JSON.stringify(this.#named(say));
    const frames = (await this.#station?.send(text)) ?? [];
    const mine = frames.filter((frame) => JSON.parse(frame)[0] !== 2);
    this.#learn();
    if (sent !== undefined) this.#expectSent(sent, before);
    if (answer === undefined) return;
    if (answer === null) return expect(mine, text).toEqual([]);
    expect(mine, text).toHaveLength(1);
    const given = JSON.parse(mine[0] ?? "") as readonly unknown[];
    const { transactionId } = (given[2] ?? {}) as { readonly transactionId?: number };
    if (transactionId !== undefined) {
      // Positive and 32 bits with a sign, whatever the row: some stations hold it in no more.
      expect(transactionId > 0 && transactionId < 2 ** 31).toBe(true);
      this.#names.set("$transaction", transactionId);
    }
    expectPart(given, this.#named(answer) as FramePart);
  }

  async #ask(step: Extract<Step, { ask: string }>): Promise<void> {
    const node = this.#node;
    this.#requests += 1;
    const requestId = `r${this.#requests}`;
    const names = { requestId, correlationId: "c", requestedAt: node.clock.now(), deadline };
    const fields = this.#named(step.with ?? {}) as object;
    const command: Command = { stream, type: step.ask, data: { ...names, ...fields } };
    const before = this.#sent().length;
    await node.execute(command);
    this.#expectSent(step.sent, before);
    if (step.reply !== undefined)
      await this.#station?.send(JSON.stringify(this.#named(step.reply)));
    if (step.outcome === undefined) return;
    const end = node.heard.find(
      ({ type, data }) =>
        type === "RequestCompleted" && (data as { requestId: string }).requestId === requestId,
    );
    expect(end?.data).toMatchObject(step.outcome);
  }

  async #wait({ seconds, sent }: Extract<Step, { seconds: number }>): Promise<void> {
    const before = this.#sent().length;
    this.#node.clock.advance(seconds * 1000);
    await this.#node.settle();
    this.#expectSent(sent, before);
  }

  /** References that steps may name. */
  #learn(): void {
    for (const { data } of this.#node.heard.slice(this.#heardBefore)) {
      const { tokenRef } = data as { readonly tokenRef?: string };
      if (tokenRef !== undefined) this.#names.set("$token", tokenRef);
    }
  }

  #sent(): readonly (readonly unknown[])[] {
    const all = this.#station?.socket.sent.map((frame) => JSON.parse(frame)) ?? [];
    return all.filter((frame) => frame[0] === 2);
  }

  #expectSent(expected: FramePart | null | undefined, before: number): void {
    const sent = this.#sent().slice(before);
    if (sent[0] !== undefined) this.#names.set("$call", sent[0][1]);
    if (expected === undefined) return;
    if (expected === null) expect(sent).toEqual([]);
    else {
      expect(sent[0]).toBeDefined();
      expectPart(sent[0] ?? [], expected);
    }
  }

  #named(value: unknown): unknown {
    if (typeof value === "string") return this.#names.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => this.#named(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, this.#named(member)]),
    );
  }
}

function fits(event: EventEnvelope, type: string, data: object): boolean {
  if (event.type !== type) return false;
  try {
    expect(event.data).toMatchObject(data);
    return true;
  } catch {
    return false;
  }
}

function expectPart(frame: readonly unknown[], part: FramePart): void {
  for (const [at, expected] of part.entries()) {
    if (expected === null) continue;
    const given = frame[at];
    const where = JSON.stringify(frame);
    if (typeof expected !== "object") expect(given, where).toBe(expected);
    else if (Object.keys(expected).length === 0) expect(given, where).toEqual(expected);
    else expect(given, where).toMatchObject(expected);
  }
}
