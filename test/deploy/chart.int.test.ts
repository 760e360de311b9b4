// The chart's sources: values, their schema and their table say the same, and templates ask for
// nothing that is not there. What Helm makes of them: chart-rendered.int.test.ts.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { fileText, unknownVariables, variablesIn, yamlOf } from "./deploy-files.ts";

const folder = "deploy/helm/motown";
const path = join(import.meta.dirname, "../..", folder);
type Values = Readonly<Record<string, unknown>>;
const values = yamlOf<Values>(`${folder}/values.yaml`);
const schema = JSON.parse(fileText(`${folder}/values.schema.json`)) as object;
const isValid = new Ajv({ strict: false }).compile(schema);
const templates = readdirSync(join(path, "templates")).map((name) => ({
  name,
  text: fileText(`${folder}/templates/${name}`),
}));
const needed = {
  ...values,
  database: { ...(values.database as Values), url: "postgres://motown@db:5432/motown" },
  secrets: { ...(values.secrets as Values), existingSecret: "motown-secrets" },
};

/** What stands at `a.b` of the values; undefined: nothing. */
function valueAt(dotted: string): unknown {
  return dotted
    .split(".")
    .reduce<unknown>((at, part) => (at as Values | undefined)?.[part], values);
}

/** `a.b` of each value that is no map with rows of its own in the table. */
function leaves(at: unknown, prefix: readonly string[] = []): readonly string[] {
  const isMap = typeof at === "object" && at !== null && !Array.isArray(at);
  const depth = prefix[0] === "service" ? 3 : 2;
  const isLeaf = !isMap || Object.keys(at).length === 0 || prefix.length >= depth;
  const whole = ["groups", "env", "podSecurityContext", "securityContext"];
  if (isLeaf || whole.includes(prefix.join("."))) return [prefix.join(".")];
  return Object.entries(at).flatMap(([name, value]) => leaves(value, [...prefix, name]));
}

describe("the chart's values", () => {
  it("fit their schema", () => {
    expect(isValid(values), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid(needed)).toBe(true);
  });

  it.each([
    ["a name that is not there", { ...values, replicas: 3 }],
    [
      "a role that is not there",
      { ...values, groups: { a: { enabled: true, roles: ["cook"], replicas: 1 } } },
    ],
    [
      "a password in an address",
      { ...values, database: { url: "postgres://motown:pw@db/motown" } },
    ],
    ["a setting of another program", { ...values, env: { DEBUG: "1" } }],
    ["a short secret", { ...values, secrets: { create: true, secret: "short" } }],
  ])("may not have %s", (_what, wrong) => {
    expect(isValid(wrong)).toBe(false);
  });

  it("are all in the table, with nothing beside them", () => {
    const rows = [...fileText(`${folder}/README.md`).matchAll(/^\| `([\w.]+)` \|/gm)];
    expect(rows.map(([, name]) => name)).toEqual(leaves(values));
  });

  it("let a node drain", () => {
    const { terminationGracePeriodSeconds, preStopSeconds, drainMs } = values;
    const needs = Number(preStopSeconds) + Number(drainMs) / 1000 + 15;
    expect(Number(terminationGracePeriodSeconds)).toBeGreaterThanOrEqual(needs);
  });
});

describe("the chart's templates", () => {
  it.each(templates)("$name asks for values that are there", ({ text }) => {
    const asked = [...text.matchAll(/\.Values\.([\w.]+)/g)].map(([, name = ""]) => name);
    expect(asked.filter((name) => valueAt(name) === undefined)).toEqual([]);
    expect(unknownVariables(variablesIn(text))).toEqual([]);
  });

  it.each(templates)("$name ends what it begins", ({ text }) => {
    const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
    const begun = count(/\{\{-?\s*(if|with|range|define)\b/g);
    expect(count(/\{\{-?\s*end\b/g)).toBe(begun);
    expect(count(/\{\{/g)).toBe(count(/\}\}/g));
    const included = [...text.matchAll(/include "([\w.]+)"/g)].map(([, name]) => name);
    const defined = templates.flatMap((one) =>
      [...one.text.matchAll(/define "([\w.]+)"/g)].map(([, name]) => name),
    );
    expect(defined).toEqual(expect.arrayContaining(included));
  });

  it("is of this release", () => {
    const chart = yamlOf<Values>(`${folder}/Chart.yaml`);
    expect(chart.appVersion).toBe(packageJson.version);
  });
});
