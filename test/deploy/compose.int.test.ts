// The cluster on one machine, and the proxies' samples, judged without an engine: every name that
// one part says of another is there.
import { describe, expect, it } from "vitest";
import { limitTable } from "#limits";
import { fileText, unknownVariables, variablesIn, yamlOf } from "./deploy-files.ts";

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly secrets?: readonly (string | { readonly source: string })[];
  readonly configs?: readonly { readonly source: string }[];
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
  readonly read_only?: boolean;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const compose = yamlOf<Compose>("deploy/compose/compose.yaml");
const { services } = compose;
const nodes = Object.entries(services).filter(([name]) => name.startsWith("motown-"));
const nameOf = (one: string | { readonly source: string }) =>
  typeof one === "string" ? one : one.source;

describe("the cluster on one machine", () => {
  it("has three nodes, a PostgreSQL, a NATS and a proxy", () => {
    expect(nodes).toHaveLength(3);
    expect(services.postgres?.image).toMatch(/^postgres:17/);
    expect(services.nats?.image).toMatch(/^nats:2\./);
    expect(services.haproxy?.image).toMatch(/^haproxy:\d/);
    for (const [name, { image }] of Object.entries(services)) {
      expect(image, name).toMatch(/^[a-z]+:(?!latest)/);
    }
  });

  it("names only settings that are there", () => {
    for (const [, { environment = {} }] of nodes) {
      expect(unknownVariables(Object.keys(environment))).toEqual([]);
    }
  });

  it("gives each node a name and an address of its own", () => {
    for (const [name, { environment }] of nodes) {
      expect(environment?.MOTOWN_NODE).toBe(name);
      expect(environment?.MOTOWN_NODE_URL).toBe(`http://${name}:8080`);
    }
  });

  it("keeps secrets in files, and each file that is named is made", () => {
    const script = fileText("deploy/compose/make-secrets.sh");
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      expect(script, name).toContain(file.replace("secrets/", ""));
    }
    for (const [, { environment = {}, secrets = [] }] of nodes) {
      const files = Object.values(environment).filter((value) => /^\/run\/secrets\//.test(value));
      expect(files.map((file) => file.replace("/run/secrets/", "")).sort()).toEqual(
        secrets.map(nameOf).sort(),
      );
      expect(Object.values(environment).filter((value) => /:[^/@]+@/.test(value))).toEqual([]);
    }
  });

  it("refers to nothing that is not there", () => {
    for (const [name, service] of Object.entries(services)) {
      const { depends_on = {}, secrets = [], configs = [], volumes = [] } = service;
      expect(Object.keys(services), name).toEqual(expect.arrayContaining(Object.keys(depends_on)));
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(secrets.map(nameOf)));
      expect(Object.keys(compose.configs)).toEqual(expect.arrayContaining(configs.map(nameOf)));
      expect(Object.keys(compose.volumes)).toEqual(
        expect.arrayContaining(volumes.map((volume) => volume.split(":")[0])),
      );
      for (const [other, { condition }] of Object.entries(depends_on)) {
        // The image of Motown brings its own check.
        const isChecked = services[other]?.healthcheck !== undefined || other.startsWith("motown-");
        expect({ condition, isChecked }).toEqual({ condition: "service_healthy", isChecked: true });
      }
    }
  });

  it("lets a node drain", () => {
    for (const [, { environment, stop_grace_period: grace = "" }] of nodes) {
      const drainMs = Number(environment?.MOTOWN_LIMIT_DRAIN_MS);
      expect(Number.parseInt(grace, 10) * 1000).toBeGreaterThan(drainMs + 15_000);
    }
  });

  it("never lets PostgreSQL answer before it has synced", () => {
    const said = services.postgres?.command?.join(" ") ?? "";
    expect(said).toContain("--synchronous_commit=on");
    expect(said).not.toMatch(/fsync=off|full_page_writes=off/);
  });
});

describe("the proxies' samples", () => {
  const haproxy = fileText("deploy/haproxy/haproxy.cfg");
  const nginx = fileText("deploy/nginx/nginx.conf");

  it("lead to the nodes, at both doors", () => {
    for (const [name] of nodes) {
      expect(haproxy.match(new RegExp(`server ${name} ${name}:8080$`, "gm"))).toHaveLength(2);
      expect(nginx.match(new RegExp(`server ${name}:8080 `, "g"))).toHaveLength(2);
    }
  });

  it("let a station be silent for longer than Motown does", () => {
    const tunnel = /timeout tunnel (\d+)m/.exec(haproxy)?.[1];
    const read = /proxy_read_timeout (\d+)s/.exec(nginx)?.[1];
    for (const ms of [Number(tunnel) * 60_000, Number(read) * 1000]) {
      expect(ms).toBeGreaterThan(limitTable.silenceMs.default);
    }
    const server = /timeout server (\d+)s/.exec(haproxy)?.[1];
    expect(Number(server)).toBeGreaterThan(limitTable.apiWaitSecondsMax.default);
  });

  it("name only settings that are there", () => {
    expect(unknownVariables([...variablesIn(haproxy), ...variablesIn(nginx)])).toEqual([]);
  });
});
