// What a browser has to load before it shows the first page, as it comes over the wire.
import { beforeAll, expect, it } from "vitest";
import { door, filesOf, gzipped, readBuilt, shell } from "../../bench/console/bundle.ts";
import { ensureConsole } from "../../tools/console.mjs";

const kilobyte = 1000;
const shellMax = 250 * kilobyte;
const stylesMax = 50 * kilobyte;
const entryMax = 10 * kilobyte;
const pageMax = 10 * kilobyte;

/** The pages that are sent, each with what is seen behind it. */
const pages = [
  ["index.html", [...door, "src/app/inside.tsx"]],
  ...["en", "nl", "de"].flatMap((language) =>
    ["sign-in", "first-start"].map((name) => [`${name}.${language}.html`, door] as const),
  ),
] as const;

beforeAll(() => ensureConsole(process.execPath), 90_000);

it("keeps the shell within its budget", () => {
  const { scripts, styles } = filesOf(shell);
  expect(gzipped(scripts)).toBeGreaterThan(50 * kilobyte);
  expect(gzipped(scripts), scripts.join(", ")).toBeLessThanOrEqual(shellMax);
  expect(gzipped(styles)).toBeLessThanOrEqual(stylesMax);
});

it("leaves what only some pages need out of the shell", () => {
  for (const name of filesOf(shell).scripts) {
    expect(/uplot|leaflet/i.test(name), name).toBe(false);
    expect(readBuilt(name).toString(), name).not.toContain("u-hz");
  }
});

it("shows the door without what is behind it", () => {
  const [outside, inside] = [filesOf(door), filesOf(shell)];
  expect(inside.scripts).toEqual(expect.arrayContaining([...outside.scripts]));
  expect(gzipped(outside.scripts)).toBeLessThan(0.75 * gzipped(inside.scripts));
});

it("has an entry that is there at once, and pages that name what comes next", () => {
  for (const [name, sources] of pages) {
    const page = readBuilt(name).toString();
    const [, entry = ""] = /<script [^>]*type="module"[^>]* src="\/([^"]+)"/.exec(page) ?? [];
    expect(gzipped([entry])).toBeLessThanOrEqual(entryMax);
    const { scripts, styles } = filesOf(sources);
    for (const file of [...scripts, ...styles]) expect(page, name).toContain(`"/${file}"`);
  }
});

it("has pages that need nothing else to be seen", () => {
  for (const [name] of pages) {
    const page = readBuilt(name).toString();
    expect(gzipped([name]), name).toBeLessThanOrEqual(pageMax);
    // Styles of files come later; those that something waits for are in the page.
    expect(page, name).not.toMatch(/rel="stylesheet"/);
    expect(page, name).toMatch(/<div id="root">.*Motown.*<\/div>/s);
    expect(page.includes('type="password"'), name).toBe(name !== "index.html");
  }
});

it("has no script in its pages, which the policy forbids", () => {
  for (const [name] of pages) {
    expect(readBuilt(name).toString(), name).not.toMatch(/<script(?![^>]* src=)[^>]*>/);
  }
});
