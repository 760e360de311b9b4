// One scene, some disturbances one after the other, and then the audit: what stations and operators
// were told against what the log holds and the views show.
import { setTimeout as wait } from "node:timers/promises";
import { type Percentiles, percentiles } from "../../bench/tally.ts";
import { type Conclusion, conclude, type DrilledServer } from "../durability/conclude.ts";
import type { Drill } from "./drills.ts";
import type { Pace } from "./pace.ts";
import { firstOf, openScene, type Scene } from "./scene.ts";
import { allWell } from "./watch.ts";

/** What is to be run. */
export interface RunOptions {
  /** On one scene: all with NATS, or none. */
  readonly drills: readonly Drill[];
  readonly nodes: number;
  readonly stations: number;
  readonly pace: Pace;
  readonly say?: (line: string) => void;
}

/** What came of one disturbance. */
export interface DrillResult {
  readonly name: string;
  readonly seconds: number;
  /** How many connections, or stations where none was lost, had to come back. */
  readonly disturbed: number;
  readonly backMs: Percentiles;
  /** Tries of the API that failed and were made again, by how they failed. */
  readonly apiRetries: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
  /** Where something was found: what each node had said by then. */
  readonly said?: Readonly<Record<string, string>>;
}

/** What came of a run. */
export interface RunReport {
  readonly stations: number;
  readonly nodes: number;
  /** Of the times in earnest. */
  readonly share: number;
  readonly drills: readonly DrillResult[];
  readonly audit: Conclusion["audit"];
  readonly wishes: Conclusion["wishes"];
  /** Of all; empty if nothing was lost, doubled, late or wrong. */
  readonly findings: readonly string[];
}

/** Runs it; fails only where it cannot go on. */
export async function runDrills(options: RunOptions): Promise<RunReport> {
  const { nodes, stations, pace, say = () => {} } = options;
  const { bus } = firstOf(options.drills);
  const network = options.drills.some((drill) => drill.network);
  const scene = await openScene({ nodes, stations, bus, network, pace });
  try {
    const results: DrillResult[] = [];
    for (const drill of options.drills) {
      say(`${drill.name}: ${drill.shows}`);
      await wait(pace.loadMs);
      results.push(await runOne(scene, drill));
    }
    await wait(pace.loadMs);
    say("audit");
    const crashes = scene.nodes.flatMap((node) => node.crash());
    if (crashes.length > 0) throw new Error(crashes.join("\n"));
    const { audit, wishes, findings } = await concluded(scene);
    const all = [...results.flatMap((result) => result.findings), ...findings];
    return { stations, nodes, share: pace.share, drills: results, audit, wishes, findings: all };
  } finally {
    await scene.close();
  }
}

async function runOne(scene: Scene, { name, disturbance }: Drill): Promise<DrillResult> {
  const began = performance.now();
  const failuresBefore = failuresOf(scene);
  const { backMs, findings } = await disturbance(scene);
  const all = [...findings, ...(await allWell(scene))];
  const retries = [...failuresOf(scene)].map(
    ([how, times]) => [how, times - (failuresBefore.get(how) ?? 0)] as const,
  );
  return {
    name,
    seconds: Math.round((performance.now() - began) / 100) / 10,
    disturbed: backMs.length,
    backMs: percentiles(backMs),
    apiRetries: Object.fromEntries(retries.filter(([, times]) => times > 0)),
    findings: all.map((finding) => `${name}: ${finding}`),
    ...(all.length > 0 && {
      said: Object.fromEntries(scene.nodes.map((node) => [node.name, node.server.said()])),
    }),
  };
}

function failuresOf({ operators }: Scene): Map<string, number> {
  const sum = new Map<string, number>();
  for (const { failures } of operators) {
    for (const [how, times] of failures) sum.set(how, (sum.get(how) ?? 0) + times);
  }
  return sum;
}

/** The nodes are one server: stopped together, and started again as one. */
async function concluded(scene: Scene): Promise<Conclusion> {
  const { apiKey, place, stations, operators, runs, pace } = scene;
  const disorder: string[] = [];
  const first = firstOf(scene.nodes);
  const together: DrilledServer = {
    ...{ apiKey, apiUrl: first.server.apiUrl },
    said: () => scene.nodes.map(({ name, server }) => `${name}: ${server.said()}`).join("\n"),
    running: () => scene.nodes.every(({ server }) => server.running()),
    stop: async (signal) => {
      // One after the other: the last one has led the views to the end of the log.
      for (const node of [...scene.nodes].reverse()) {
        if (signal === "SIGKILL") await node.kill();
        else disorder.push(...(await node.stop()));
      }
    },
  };
  const alone = async () => {
    await first.start();
    return first.server;
  };
  const drill = { place, stations, operators, runs, patience: pace.patience };
  const conclusion = await conclude(drill, together, alone);
  return { ...conclusion, findings: [...conclusion.findings, ...disorder] };
}
