// Figures that somebody else counts, as Prometheus takes them. Nothing is counted here: they are
// read when somebody looks.
import type { Registry } from "prom-client";
import { type Timings, timesOf } from "#bus";
import type { Figure } from "./ports.ts";

interface Sample {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** The name under which a figure is shown. */
export function metricName(name: string, { kind }: Pick<Figure, "kind">): string {
  const suffix = { counter: "_total", gauge: "", histogram: "_seconds" }[kind];
  return `motown_${name}${suffix}`;
}

/** Lets a registry show a figure. */
export function register(registry: Registry, name: string, figure: Figure): void {
  const shown = metricName(name, figure);
  const { help, kind: type } = figure;
  const metric = {
    name: shown,
    get: async () => ({ name: shown, help, type, values: await samplesOf(shown, figure) }),
  };
  registry.registerMetric(metric as unknown as Parameters<Registry["registerMetric"]>[0]);
}

async function samplesOf(name: string, figure: Figure): Promise<readonly Sample[]> {
  if (figure.kind === "histogram") {
    const timings = await figure.read();
    return timings === undefined ? [] : histogram(name, timings);
  }
  if (figure.label === undefined) {
    const value = await figure.read();
    return value === undefined ? [] : [{ labels: {}, value }];
  }
  const { label } = figure;
  const values = (await figure.read()) ?? {};
  return Object.entries(values).map(([of, value]) => ({ labels: { [label]: of }, value }));
}

/** Prometheus counts in each bucket what is in the lower ones, too; its times are seconds. */
function histogram(name: string, timings: Timings): readonly Sample[] {
  const { boundsMs, counts, sumMs } = timings;
  let below = 0;
  const buckets = boundsMs.map((boundMs, at) => {
    below += counts[at] ?? 0;
    return { metricName: `${name}_bucket`, labels: { le: boundMs / 1000 }, value: below };
  });
  const all = timesOf(timings);
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { le: "+Inf" }, value: all },
    { metricName: `${name}_sum`, labels: {}, value: sumMs / 1000 },
    { metricName: `${name}_count`, labels: {}, value: all },
  ];
}
