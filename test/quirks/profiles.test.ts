// Profiles as data: which stations they fit, what goes before what, and how much of the field's
// peculiarities an operator can write down without a change of the program.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { initialStation } from "#core";
import { createQuirkBook, deviationMeanings, ProfileProblem, readProfiles } from "#ocpp";
import { bookOf } from "../../src/ocpp/quirks/book.ts";
import { noQuirks, quirkShapes } from "../../src/ocpp/quirks/flags.ts";
import { compareReleases, fits, isLike } from "../../src/ocpp/quirks/matching.ts";
import { vendorFiles, vendorProfiles } from "../../src/ocpp/quirks/vendors.ts";
import { fieldRows } from "./field-rows.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const station = { ...initialStation, stationId: "CP-1", vendor: "Acme", model: "One" };

/** Profiles that tests write down as data: of a fixture, or as text in a test over the wire. */
const written: readonly unknown[] = [
  ...readdirSync(join(import.meta.dirname, "fixtures")).flatMap((name) => {
    const text = read(`test/quirks/fixtures/${name}`);
    return (JSON.parse(text) as readonly { row: string; profiles?: readonly object[] }[]).flatMap(
      ({ row, profiles = [] }) => profiles.map((profile) => ({ ...profile, rows: [row] })),
    );
  }),
  ...tests(read("test/quirks/wire.int.test.ts")).flatMap(({ row, text }) =>
    [...text.matchAll(/[`'](\[\s*\{"name":[^`']*\])[`']/g)].flatMap(([, json = "[]"]) =>
      (JSON.parse(json) as readonly object[]).map((profile) => ({ ...profile, rows: [row] })),
    ),
  ),
];

function tests(source: string) {
  const parts = source.split(/(?="[TRBXM]\d{1,2}: )/).slice(1);
  return parts.map((text) => ({ row: /[TRBXM]\d{1,2}/.exec(text)?.[0] ?? "", text }));
}

describe("without touching code", () => {
  const rows = fieldRows.filter(({ handling }) => handling === "profile");
  const inJson = readProfiles(written, "the tests");
  const shown = rows.filter(({ row, quirks = [] }) => {
    const own = inJson.filter((profile) => profile.rows?.includes(row));
    const said = new Set(own.flatMap((profile) => Object.keys(profile.quirks)));
    return quirks.length > 0 && quirks.some((quirk) => said.has(quirk));
  });

  it("at least 70 % of the rows that need a profile are one in JSON, with a test", () => {
    const share = shown.length / rows.length;
    const left = rows.filter((row) => !shown.includes(row)).map(({ row }) => row);
    expect(share, `${shown.length} of ${rows.length}; in code: ${left}`).toBeGreaterThanOrEqual(
      0.7,
    );
    expect(left).toEqual(["B11"]);
  });

  it("every quirk there is belongs to a row, and is shown by a test's data", () => {
    const of = new Set(fieldRows.flatMap(({ quirks = [] }) => quirks));
    expect(Object.keys(quirkShapes).filter((name) => !of.has(name as never))).toEqual([]);
    const said = new Set(inJson.flatMap((profile) => Object.keys(profile.quirks)));
    expect(Object.keys(quirkShapes).filter((name) => !said.has(name))).toEqual([]);
  });
});

describe("our own profiles", () => {
  it("are one file per vendor, all of them in the table", () => {
    const files = readdirSync(join(root, "src/ocpp/quirks/vendors"));
    expect(files.sort()).toEqual(
      Object.keys(vendorFiles)
        .map((name) => `${name}.json`)
        .sort(),
    );
  });

  it.each(vendorProfiles.map((profile) => [profile.name, profile] as const))(
    "%s names its rows and a public source, and is in docs/quirks.md",
    (_name, { name, rows = [], sources = [], quirks }) => {
      expect(rows.length).toBeGreaterThan(0);
      expect(sources.length).toBeGreaterThan(0);
      for (const row of rows) {
        const known = fieldRows.find((one) => one.row === row);
        const said = Object.keys(quirks).filter((quirk) => quirk !== "advice");
        expect(known?.quirks).toEqual(expect.arrayContaining(said));
      }
      expect(read("docs/quirks.md")).toContain(name);
    },
  );

  it("are nothing to a station of another vendor", () => {
    const book = createQuirkBook();
    expect(book.of(station)).toBe(noQuirks);
    expect(book.of(initialStation)).toBe(noQuirks);
  });

  it("fit what the vendors' stations say of themselves", () => {
    const book = createQuirkBook();
    const quirksOf = (vendor: string | undefined, model: string, firmwareVersion?: string) =>
      book.of({ ...station, vendor, model, firmwareVersion });
    const pulsar = "PPR1-0-2-4";
    expect(quirksOf("Wall Box Chargers", pulsar, "6.11.16").triggerBootAfterSeconds).toBe(5);
    expect(quirksOf("Wall Box Chargers", pulsar, "5.17.9")).toBe(noQuirks);
    expect(quirksOf("Wall Box Chargers", "PLP2-M-2-4", "6.6.12")).toBe(noQuirks);
    expect(quirksOf("United Chargers Inc.", "Grizzl-E").defaultProtocol).toBe("ocpp1.6");
    expect(quirksOf(undefined, "ACChargePoint").meterToleranceWh).toBe(1);
  });
});

describe("which profile counts", () => {
  it("the narrower one, then the operator's, then the station's own; null takes back", () => {
    const text = `[
      {"name":"narrow","match":{"vendor":"acme","model":"O*"},"quirks":{"connectorZeroIs":2}},
      {"name":"wide","match":{"vendor":"Acme"},"quirks":{"connectorZeroIs":1,"neverPending":true}},
      {"name":"one","match":{"stationId":"CP-1"},"quirks":{"neverPending":null,"idSegments":1}}]`;
    const own = readProfiles(JSON.parse(text), "test");
    const book = createQuirkBook(own);
    expect(book.profilesOf(station).map(({ name }) => name)).toEqual(["wide", "narrow", "one"]);
    expect(book.of(station)).toEqual({ connectorZeroIs: 2, idSegments: 1 });
    const other = { ...station, stationId: "CP-2" };
    expect(book.of(other)).toEqual({ connectorZeroIs: 2, neverPending: true });
    const set = { ...station, quirks: { connectorZeroIs: null, meterToleranceWh: 3 } };
    expect(book.of(set)).toEqual({ idSegments: 1, meterToleranceWh: 3 });
    expect(book.of(set)).toBe(book.of({ ...set, transactionCount: 1 } as typeof set));
  });

  it("is looked up anew when there are too many models to remember", () => {
    const book = bookOf(readProfiles([{ name: "a", match: { vendor: "V*" }, quirks: {} }], "test"));
    for (let n = 0; n < 12_000; n += 1) {
      expect(book.of({ ...station, vendor: `V${n}` })).toBe(noQuirks);
    }
  });

  it.each([
    ["Wall Box", "wall*", true],
    [" KEBA AG ", "keba ag", true],
    ["KEBA AG", "keba", false],
    ["aXbXc", "a*b*c", true],
    ["abc", "*", true],
    ["ab", "ab*b", false],
    ["abab", "*ab", true],
    [`${"a".repeat(255)}b`, `${"a*".repeat(100)}c`, false],
  ])("%j is like %j: %s", (text, pattern, like) => expect(isLike(text, pattern)).toBe(like));

  it.each([
    ["1.9", "1.10", -1],
    ["v2.0", "2.0", 0],
    ["2", "1.99.9", 1],
    ["1.2", "1.2.1", -1],
    ["1.2-beta", "1.2", -1],
    ["6.11.16", "7", -1],
    ["1.0a", "1.0b", -1],
  ])("%s against %s is %i", (one, other, order) => {
    expect(compareReleases(one, other)).toBe(order);
    expect(compareReleases(other, one)).toBe(order === 0 ? 0 : -order);
  });

  it("knows no firmware that a station does not say", () => {
    expect(fits({ vendor: "Acme", firmware: { before: "2" } }, station)).toBe(false);
    expect(fits({ vendor: "Acme", firmware: "1.*" }, { ...station, firmwareVersion: "1.4" })).toBe(
      true,
    );
    expect(fits({ path: "/x/*" }, station)).toBe(false);
  });
});

it("docs/quirks.md tells of every quirk and of every row", () => {
  const page = read("docs/quirks.md");
  for (const name of Object.keys(quirkShapes)) expect(page).toContain(`| \`${name}\` |`);
  for (const { row, reality } of fieldRows) expect(page).toContain(`| ${row} | ${reality} |`);
});

it("says where a profile is wrong, by its name", () => {
  const wrong = [{ name: "odd", match: { vendor: "V" }, quirks: { neverSend: "Reset" } }];
  expect(() => readProfiles(wrong, "a.json")).toThrow(ProfileProblem);
  expect(() => readProfiles(wrong, "a.json")).toThrow('a.json, profile "odd"/quirks/neverSend');
});

it("every deviation has a meaning of its own, and a row that there is", () => {
  const meanings = Object.values(deviationMeanings);
  expect(new Set(meanings.map(({ meaning }) => meaning)).size).toBe(meanings.length);
  const rows = new Set(["schema", ...fieldRows.map(({ row }) => row)]);
  expect(meanings.map(({ source }) => source).filter((row) => !rows.has(row))).toEqual([]);
});
