// docs/metrics.md lists what `/metrics` shows, in its own words. After a change: npx vitest run -u
// test/api/metrics-page.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";

let house: TestMotown;
beforeAll(async () => {
  house = await startTestMotown();
});
afterAll(() => house.stop());

const head = [
  "# Metrics",
  "",
  "What `/metrics` of each node shows, in Prometheus' text form, beside the figures of Node",
  "itself (`process_…`, `nodejs_…`). They are read when somebody looks; none names a station, and",
  "scraping needs no key. What to watch, and from which value on:",
  "[operations.md](operations.md#watching-it).",
  "A test holds this page against a running server.",
  "",
  "| Metric | Kind | What |",
  "|---|---|---|",
];

it("has a page that lists each metric as the server describes it", async () => {
  const { body } = await house.api<string>("GET", "/metrics");
  const described = new Map<string, { help?: string; kind?: string }>();
  for (const [, what = "", name = "", text = ""] of body.matchAll(/^# (HELP|TYPE) (\S+) (.*)$/gm)) {
    const known = described.get(name) ?? {};
    described.set(name, { ...known, [what === "HELP" ? "help" : "kind"]: text });
  }
  const rows = [...described]
    .filter(([name]) => name.startsWith("motown_"))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { help, kind }]) => `| \`${name}\` | ${kind} | ${help?.replace(/\.$/, "")} |`);
  expect(rows.length).toBeGreaterThan(40);
  await expect(`${[...head, ...rows].join("\n")}\n`).toMatchFileSnapshot("../../docs/metrics.md");
});
