// What Helm makes of the chart for two sets of values, kept in rendered/: Helm is not among what
// `npm test` can install. Whoever changes the chart renders it again, and this test says how.
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { fileText, unknownVariables } from "./deploy-files.ts";

const chart = "deploy/helm/motown";
const sets = ["all", "split"] as const;

type Labels = Readonly<Record<string, string>>;

interface Container {
  readonly env: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly securityContext: { readonly readOnlyRootFilesystem: boolean };
  readonly livenessProbe: { readonly httpGet: { readonly path: string } };
  readonly readinessProbe: { readonly httpGet: { readonly path: string } };
}

interface Pod {
  readonly serviceAccountName: string;
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: { readonly runAsNonRoot: boolean };
  readonly containers: readonly Container[];
  readonly volumes: readonly {
    readonly name: string;
    readonly secret?: { readonly secretName: string };
  }[];
}

interface Backend {
  readonly service: { readonly name: string; readonly port: { readonly name: string } };
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Labels };
  readonly stringData?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: Labels & { readonly matchLabels?: Labels };
    readonly template?: { readonly metadata: { readonly labels: Labels }; readonly spec: Pod };
    readonly scaleTargetRef?: { readonly name: string };
    readonly ports?: readonly { readonly name: string }[];
    readonly rules?: readonly {
      readonly http: { readonly paths: readonly { readonly backend: Backend }[] };
    }[];
  };
}

/** Of all that the rendering depends on. */
function sourcesHash(values: string): string {
  const folder = join(import.meta.dirname, "../..", chart);
  const templates = readdirSync(join(folder, "templates"))
    .filter((name) => name !== "NOTES.txt")
    .map((name) => `templates/${name}`);
  const hash = createHash("sha256").update(values);
  for (const name of ["Chart.yaml", "values.yaml", ...templates].sort()) {
    hash.update(fileText(`${chart}/${name}`));
  }
  return hash.digest("hex");
}

const matches = (selector: Labels, labels: Labels) =>
  Object.entries(selector).every(([name, value]) => labels[name] === value);

describe.each(sets)("the chart, rendered for %s", (set) => {
  const file = `test/deploy/rendered/${set}.yaml`;
  const values = `test/deploy/rendered/${set}.values.yaml`;
  const text = fileText(file);
  const manifests = parseAllDocuments(text)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
  const of = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
  const named = (kind: string) => of(kind).map(({ metadata }) => metadata.name);
  const pods = of("Deployment").flatMap(({ spec }) => spec?.template ?? []);

  it("is what today's templates give", () => {
    const first = `# sources: ${sourcesHash(fileText(values))}`;
    const how =
      `helm template one ${chart} --namespace motown --values ${values}, into ${file}, ` +
      `with the first line: ${first}`;
    expect(text.split("\n", 1)[0], `render it again: ${how}`).toBe(first);
  });

  it("is whole: everything has a name and the chart's labels", () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { apiVersion, metadata } of manifests) {
      expect(apiVersion, metadata.name).toMatch(/^([a-z0-9.]+\/)?v\d/);
      expect(metadata.labels["app.kubernetes.io/instance"]).toBe("one");
    }
  });

  it("selects pods that are there", () => {
    const labels = pods.map(({ metadata }) => metadata.labels);
    for (const { kind, metadata, spec } of manifests) {
      const selector = spec?.selector?.matchLabels ?? spec?.selector;
      if (selector === undefined || kind === "ServiceMonitor") continue;
      expect(
        labels.some((own) => matches(selector as Labels, own)),
        metadata.name,
      ).toBe(true);
    }
    const monitored = of("ServiceMonitor").map(({ spec }) => spec?.selector?.matchLabels ?? {});
    for (const selector of monitored) {
      expect(
        of("Service").filter(({ metadata }) => matches(selector, metadata.labels)),
      ).toHaveLength(1);
    }
    for (const { spec } of of("HorizontalPodAutoscaler")) {
      expect(named("Deployment")).toContain(spec?.scaleTargetRef?.name);
    }
    expect(named("PodDisruptionBudget").sort()).toEqual(named("Deployment").sort());
  });

  it("leads to services that are there", () => {
    const backends = of("Ingress").flatMap(({ spec }) =>
      (spec?.rules ?? []).flatMap(({ http }) => http.paths.map(({ backend }) => backend.service)),
    );
    expect(backends).toHaveLength(set === "split" ? 2 : 0);
    for (const { name, port } of backends) {
      const [service] = of("Service").filter(({ metadata }) => metadata.name === name);
      expect(service?.spec?.ports?.map((one) => one.name)).toContain(port.name);
    }
  });

  it("runs nodes as they want to be run", () => {
    for (const { spec: pod } of pods) {
      const [container] = pod.containers;
      if (container === undefined) throw new Error("a pod has no container");
      expect(unknownVariables(variables(container))).toEqual([]);
      expect(pod.securityContext.runAsNonRoot).toBe(true);
      expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
      expect(container.livenessProbe.httpGet.path).toBe("/livez");
      expect(container.readinessProbe.httpGet.path).toBe("/readyz");
      expect(named("ServiceAccount")).toEqual([pod.serviceAccountName]);
      const mounted = new Set(container.volumeMounts.map(({ name }) => name));
      expect([...mounted].sort()).toEqual(pod.volumes.map(({ name }) => name).sort());
      const places = container.volumeMounts.map(({ mountPath }) => mountPath);
      for (const { name, value = "" } of container.env) {
        if (!name.endsWith("_FILE")) continue;
        expect(
          places.some((place) => value.startsWith(`${place}/`)),
          name,
        ).toBe(true);
      }
    }
  });

  it("has the roles that were asked for", () => {
    const roles = pods.map(
      ({ spec }) => spec.containers[0]?.env.find(({ name }) => name === "MOTOWN_ROLES")?.value,
    );
    const split = ["api", "background", "gateway"];
    expect(roles.sort()).toEqual(set === "split" ? split : ["gateway,api,background"]);
    const secrets = pods.flatMap(({ spec }) =>
      spec.volumes.filter(({ name }) => name === "secrets").map(({ secret }) => secret?.secretName),
    );
    const made = named("Secret")[0] ?? "motown-secrets";
    expect(new Set(secrets)).toEqual(new Set([made]));
  });
});

function variables({ env }: Container): readonly string[] {
  return env.map(({ name }) => name).filter((name) => name !== "POD_IP");
}
