// Every row of the field realities: served as the row says, and refused where a station is strict.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { versions } from "#ocpp";
import { fieldRows } from "./field-rows.ts";
import { type Fixture, play } from "./play.ts";

const folder = join(import.meta.dirname, "fixtures");
const fixtures = readdirSync(folder).flatMap(
  (name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as readonly Fixture[],
);
const [version] = versions.filter(({ protocol }) => protocol === "ocpp1.6");
if (version === undefined) throw new Error("the fixtures are frames of OCPP 1.6");

describe("lenient", () => {
  it.each(fixtures.map((fixture) => [fixture.row, fixture.name, fixture] as const))(
    "%s: %s",
    async (_row, _name, fixture) => {
      expect.hasAssertions();
      await play(version, fixture);
    },
  );
});

describe("strict", () => {
  const refused = fixtures.filter(({ strict }) => strict !== undefined);
  it.each(refused.map((fixture) => [fixture.row, fixture.name, fixture] as const))(
    "%s: %s is refused",
    async (_row, _name, fixture) => {
      expect.hasAssertions();
      await play(version, fixture, { strict: true });
    },
  );
});

describe("the table of rows", () => {
  /** Rows whose test drives real sockets, by the names of the tests there. */
  const overWire = [
    ...readFileSync(join(import.meta.dirname, "wire.int.test.ts"), "utf8").matchAll(
      /"([TRBXM]\d{1,2}): /g,
    ),
  ].map(([, row]) => row);
  const tested = new Set([...fixtures.map(({ row }) => row), ...overWire]);

  it("has a fixture, or a reason why there is none, for each", () => {
    for (const { row, why } of fieldRows) {
      if (tested.has(row)) continue;
      expect(why?.length ?? 0, row).toBeGreaterThan(20);
    }
    const rows = fieldRows.map(({ row }) => row);
    expect([...tested].filter((row) => !rows.includes(row ?? ""))).toEqual([]);
    expect(tested.size).toBeGreaterThanOrEqual(40);
  });

  it("has every row of the list once", () => {
    const counts = { T: 12, R: 9, B: 15, X: 15, M: 11 };
    const rows = Object.entries(counts).flatMap(([letter, most]) =>
      Array.from({ length: most }, (_none, at) => `${letter}${at + 1}`),
    );
    expect(fieldRows.map(({ row }) => row)).toEqual(rows);
  });
});
