// What a browser has to load before it shows the first page, as it comes over the wire.
import { beforeAll, expect, it } from "vitest";
import { door, filesOf, gzipped, readBuilt, shell } from "../../bench/console/bundle.ts";
import { ensureConsole } from "../../tools/console.mjs";

const kilobyte = 1000;
const shellMax = 250 * kilobyte;
const stylesMax = 50 * kilobyte;
const entryMax = 10 * kilobyte;

beforeAll(() => ensureConsole(process.execPath), 60_000);

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

it("has an entry that is there at once, and a page that names what the door needs", () => {
  const page = readBuilt("index.html").toString();
  const [, entry = ""] = /<script [^>]*type="module"[^>]* src="\/([^"]+)"/.exec(page) ?? [];
  expect(gzipped([entry])).toBeLessThanOrEqual(entryMax);
  const { scripts, styles } = filesOf(door);
  for (const name of [...scripts, ...styles]) expect(page).toContain(`"/${name}"`);
});

it("has no script in its page, which the policy forbids", () => {
  const page = readBuilt("index.html").toString();
  expect(page).not.toMatch(/<script(?![^>]* src=)[^>]*>/);
});
