import fc from "fast-check";
import { expect, it } from "vitest";
import type { CommitResult, CommitUnit, EventStore } from "#bus";
import type { StoreUnderTest } from "../event-store-contract.ts";

/** A store as simple as can be: the list of what was said, searched from the front. */
interface Model {
  /** Ends every name of this run. */
  readonly run: string;
  /** Events that were there before. */
  readonly before: number;
  readonly events: { stream: string; version: number; station: string | undefined; data: string }[];
  readonly receipts: Map<string, { answer: string; lastPosition: number }>;
}

const streamName = fc.constantFrom("a/1", "a/2", "b/1");

const anyUnit: fc.Arbitrary<CommitUnit> = fc.record({
  station: fc.option(fc.constantFrom("s1", "s2"), { nil: undefined }),
  appends: fc.array(
    fc.record({
      stream: streamName,
      expectedVersion: fc.nat(6),
      events: fc.array(
        fc.record({
          type: fc.constantFrom("Began", "Ended"),
          schema: fc.constant(1),
          data: fc.string({ unit: "grapheme" }).map((text) => JSON.stringify({ text })),
          meta: fc.constant("{}"),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 3 },
  ),
  receipt: fc.option(
    fc.record({
      id: fc.constantFrom("r1", "r2", "r3", "r4"),
      answer: fc.string(),
      expiresAt: fc.constant("2030-01-01T00:00:00.000Z"),
    }),
    { nil: undefined },
  ),
});

function versionIn(model: Model, stream: string): number {
  return model.events.filter((event) => event.stream === stream).length;
}

function appendToModel(model: Model, unit: CommitUnit): CommitResult {
  const known = unit.receipt && model.receipts.get(unit.receipt.id);
  if (known !== undefined) return { status: "repeated", ...known };
  const trial: Model = { ...model, events: [...model.events] };
  for (const { stream, expectedVersion, events } of unit.appends) {
    const version = versionIn(trial, stream);
    if (version !== expectedVersion) return { status: "conflict", stream, version };
    for (const [at, { data }] of events.entries()) {
      trial.events.push({ stream, version: version + at + 1, station: unit.station, data });
    }
  }
  const firstPosition = model.before + model.events.length + 1;
  const lastPosition = model.before + trial.events.length;
  model.events.push(...trial.events.slice(model.events.length));
  if (unit.receipt !== undefined) {
    model.receipts.set(unit.receipt.id, { answer: unit.receipt.answer, lastPosition });
  }
  return { status: "committed", firstPosition, lastPosition };
}

async function compare(store: EventStore, model: Model): Promise<void> {
  const numbered = model.events.map((event, at) => ({ ...event, position: model.before + at + 1 }));
  const short = (events: readonly { position: number; stream: string; data: string }[]) =>
    events.map(({ position, stream, data }) => `${position} ${stream} ${data}`);
  expect(short(await store.readAll({ after: model.before, limit: 1000 }))).toEqual(short(numbered));
  for (const name of ["a/1", "a/2", "b/1"]) {
    const stream = name + model.run;
    const read = await store.readStream({ stream, afterVersion: 1, limit: 1000 });
    const expected = numbered.filter((event) => event.stream === stream && event.version > 1);
    expect(short(read)).toEqual(short(expected));
  }
  for (const name of ["s1", "s2"]) {
    const station = name + model.run;
    const read = await store.readStation({ station, limit: 1000 });
    expect(short(read)).toEqual(
      short(numbered.filter((event) => event.station === station).reverse()),
    );
  }
}

/** The same unit with names that no other run uses. */
function ofRun(unit: CommitUnit, run: string): CommitUnit {
  const { station, appends, receipt } = unit;
  return {
    station: station && station + run,
    appends: appends.map((one) => ({ ...one, stream: one.stream + run })),
    receipt: receipt && { ...receipt, id: receipt.id + run },
  };
}

/** Says of any sequence of units what the simplest store would say of it. */
export function eventStoreModel(open: () => Promise<StoreUnderTest>): void {
  it("answers any sequence of units as the model says, opened again or not", async () => {
    const under = await open();
    let { store } = under;
    let runs = 0;
    const sequence = fc.array(anyUnit, { maxLength: 25 });
    const property = async (units: readonly CommitUnit[], reopenAt: number) => {
      runs += 1;
      const model: Model = {
        run: `-${runs}`,
        before: await store.head(),
        events: [],
        receipts: new Map(),
      };
      for (const [turn, unit] of units.entries()) {
        if (turn === reopenAt) store = await under.reopen();
        expect(await store.append(ofRun(unit, model.run))).toEqual(
          appendToModel(model, ofRun(unit, model.run)),
        );
      }
      await compare(store, model);
    };
    try {
      await fc.assert(fc.asyncProperty(sequence, fc.nat(100), property), { numRuns: 40 });
    } finally {
      await under.dispose();
    }
  });
}
