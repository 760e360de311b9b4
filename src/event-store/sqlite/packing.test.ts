import fc from "fast-check";
import { expect, it } from "vitest";
import type { CommitResult, CommitUnit } from "#bus";
import { packResults, packUnits, unpackResults, unpackUnits } from "./packing.ts";

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
      expect(unpackUnits(there)).toEqual(units);
    }),
  );
});

it("unpacks results as they were packed", () => {
  fc.assert(
    fc.property(fc.array(result), (results) => {
      expect(unpackResults(structuredClone(packResults(results)))).toEqual(results);
    }),
  );
});
