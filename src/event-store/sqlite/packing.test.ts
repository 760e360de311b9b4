import fc from "fast-check";
import { expect, it } from "vitest";
import type { CommitResult, CommitUnit, Frame } from "#bus";
import {
  packFrames,
  packResults,
  packUnits,
  unpackFrames,
  unpackResults,
  unpackUnits,
} from "./packing.ts";

const text = fc.string({ unit: "binary" });
const count = fc.nat();
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });

const event = fc.record({ type: text, schema: count, data: text, meta: text });
const unit: fc.Arbitrary<CommitUnit> = fc.record(
  {
    station: maybe(text),
    correlationId: maybe(text),
    appends: fc.array(fc.record({ stream: text, expectedVersion: count, events: fc.array(event) })),
    receipt: maybe(fc.record({ id: text, answer: text, expiresAt: text })),
    fence: maybe(fc.record({ station: text, epoch: count })),
    vault: maybe(fc.array(fc.record({ ref: text, lookup: text, sealed: text }))),
    requests: fc.array(fc.record({ requestId: text, append: count, event: count })),
    requestsDone: maybe(fc.array(text)),
    eraseTokens: fc.array(text),
  },
  { requiredKeys: ["appends"] },
);
const result: fc.Arbitrary<CommitResult> = fc.oneof(
  fc.record({
    status: fc.constant("committed" as const),
    firstPosition: count,
    lastPosition: count,
  }),
  fc.record({ status: fc.constant("repeated" as const), answer: text, lastPosition: count }),
  fc.record({ status: fc.constant("conflict" as const), stream: text, version: count }),
  fc.record({ status: fc.constant("fenced" as const), epoch: count }),
);

it("unpacks units as they were packed", () => {
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const there = structuredClone(packUnits(units));
      expect(unpackUnits(there).map(withoutEmptyLists)).toEqual(units.map(withoutEmptyLists));
    }),
  );
});

it("keeps the fence of a unit's own station, and of another one", () => {
  const units = ["s1", "s2", undefined].map((station) => ({
    ...{ station, appends: [] },
    fence: { station: "s1", epoch: 0 },
  }));
  expect(unpackUnits(packUnits(units))).toEqual(units);
});

it("sends texts and numbers alone for a unit whose seldom lists are empty", () => {
  const empty = { vault: [], requests: [], requestsDone: [], eraseTokens: [], credentials: [] };
  const packed = packUnits([{ station: "s1", appends: [], ...empty, forgetCredentials: [] }]);
  expect(packed.filter((value) => typeof value === "object" && value !== null)).toEqual([]);
});

/** A list that is empty says no more than one that is not there. */
function withoutEmptyLists(unit: CommitUnit): CommitUnit {
  const said = Object.entries(unit).filter(
    ([name, value]) => name === "appends" || !Array.isArray(value) || value.length > 0,
  );
  return Object.fromEntries(said) as unknown as CommitUnit;
}

it("unpacks results as they were packed", () => {
  fc.assert(
    fc.property(fc.array(result), (results) => {
      expect(unpackResults(structuredClone(packResults(results)))).toEqual(results);
    }),
  );
});

const frame: fc.Arbitrary<Frame> = fc.record(
  {
    station: text,
    at: text,
    direction: fc.constantFrom("fromStation" as const, "toStation" as const),
    protocol: text,
    action: maybe(text),
    messageId: maybe(text),
    call: text,
    answer: maybe(text),
    tookMs: maybe(count),
    correlationId: maybe(text),
    deviations: fc.array(text),
    shownBy: fc.record({ vendor: maybe(text), model: maybe(text), firmwareVersion: maybe(text) }),
  },
  { requiredKeys: ["station", "at", "direction", "protocol", "call"] },
);

it("unpacks frames as they were packed", () => {
  fc.assert(
    fc.property(fc.array(frame), (frames) => {
      expect(unpackFrames(structuredClone(packFrames(frames)))).toEqual(frames);
    }),
  );
});
