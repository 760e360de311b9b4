// What a browser has to load before it shows the first page, as it comes over the wire.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import { ensureConsole } from "../../tools/console.mjs";

const dist = join(import.meta.dirname, "../../console/dist");
const kilobyte = 1000;
const shellMax = 250 * kilobyte;
const stylesMax = 50 * kilobyte;

beforeAll(() => ensureConsole(process.execPath), 60_000);

const read = (name: string) => readFileSync(join(dist, name), "utf8");
const gzipped = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0);

/** A script with all that it cannot do without: what it imports by a statement. */
function withImports(name: string, known: Set<string>): Set<string> {
  if (known.has(name)) return known;
  known.add(name);
  const imported = /(?:\bfrom|\bimport)\s*"\.\/([^"]+\.js)"/g;
  for (const [, file] of read(name).matchAll(imported)) withImports(`assets/${file}`, known);
  return known;
}

function shell() {
  const page = read("index.html");
  const [, entry = ""] = /<script type="module"[^>]* src="\/([^"]+)"/.exec(page) ?? [];
  const styles = [...page.matchAll(/<link rel="stylesheet"[^>]* href="\/([^"]+)"/g)];
  return { scripts: withImports(entry, new Set()), styles: styles.map(([, name = ""]) => name) };
}

it("keeps the shell within its budget", () => {
  const { scripts, styles } = shell();
  expect(scripts.size).toBeGreaterThan(0);
  expect(gzipped(scripts)).toBeGreaterThan(50 * kilobyte);
  expect(gzipped(scripts), [...scripts].join(", ")).toBeLessThanOrEqual(shellMax);
  expect(gzipped(styles)).toBeLessThanOrEqual(stylesMax);
});

it("leaves what only some pages need out of the shell", () => {
  const { scripts } = shell();
  for (const name of scripts) {
    expect(/uplot|leaflet/i.test(name), name).toBe(false);
    expect(read(name), name).not.toContain("u-hz");
  }
});

it("has no script in its page, which the policy forbids", () => {
  expect(read("index.html")).not.toMatch(/<script(?![^>]* src=)[^>]*>/);
});
