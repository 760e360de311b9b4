// Attacks beside a control group of well-behaved stations and a client of the API:
//   npm run bench -- hostile [--seconds 15] [--attacks silentSockets,bigFrames]
// Each attack is a program of its own; the server is the real one. What counts: its memory stays
// bounded, and neither the control group nor the API notices much.
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { callApi, prepareFleet, stationIdOf } from "./fleet.ts";
import { startChild } from "./process/child.ts";
import { table } from "./table.ts";
import { type ApiSeen, type ApiWatch, watchApi } from "./wire/api-watch.ts";
import { type AttackName, attacks } from "./wire/attacks.ts";
import { type ControlGroup, type GroupSeen, startControlGroup } from "./wire/control-group.ts";
import { type MeasuredServer, startMeasured } from "./wire/memory.ts";

const controls = 50;
const attackers = 700;
/** Stations that have a password, for those who guess. */
const guarded = 100;
const grownMbMax = 600;
const groupP99MsMax = 1_000;
const lookEveryMs = 250;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "15" },
    attacks: { type: "string", default: Object.keys(attacks).join(",") },
  },
});
const seconds = Number(values.seconds);

interface Figures {
  readonly attack: string;
  readonly before: { readonly group: GroupSeen; readonly api: ApiSeen; readonly rssMb: number };
  readonly during: { readonly group: GroupSeen; readonly api: ApiSeen; readonly rssMb: number };
  readonly afterGc: { readonly rssMb: number; readonly mainHeapMb: number };
  /** What became of the attackers. */
  readonly met: Readonly<Record<string, number>>;
}

interface Scene {
  readonly server: MeasuredServer;
  readonly group: ControlGroup;
  readonly api: ApiWatch;
}

async function peakOf(server: MeasuredServer, work: Promise<unknown>): Promise<number> {
  let peak = server.rssMb();
  const look = setInterval(() => {
    peak = Math.max(peak, server.rssMb());
  }, lookEveryMs);
  try {
    await work;
  } finally {
    clearInterval(look);
  }
  return Math.max(peak, server.rssMb());
}

async function guardStations(server: MeasuredServer): Promise<void> {
  for (let at = 0; at < guarded; at += 1) {
    const path = `/api/v1/charging-stations/${stationIdOf(controls + attackers + at)}/password`;
    await callApi(server, { method: "PUT", path, body: {} });
  }
}

async function suffer(name: AttackName, { server, group, api }: Scene): Promise<Figures> {
  await server.collect();
  const look = () => ({ group: group.seen(), api: api.seen() });
  look();
  const calmRssMb = await peakOf(server, wait((seconds * 1000) / 3));
  const before = { ...look(), rssMb: calmRssMb };
  const first = name === "wrongPasswords" ? controls + attackers : controls;
  const program = new URL("./wire/attacker.ts", import.meta.url).pathname;
  const attacker = startChild([
    ...[process.execPath, program, name, String(server.port), String(first), String(seconds)],
  ]);
  const rssMb = await peakOf(server, attacker.exit);
  const during = { ...look(), rssMb };
  // The last line; what went wrong with the attacker itself must not look like calm.
  const met = JSON.parse(attacker.said().trim().split("\n").at(-1) ?? "") as Figures["met"];
  const { rssMb: rest, mainHeapMb } = await server.collect();
  return { attack: name, before, during, afterGc: { rssMb: rest, mainHeapMb }, met };
}

function rowOf({ attack, before, during, afterGc, met }: Figures) {
  const both = (value: (seen: Figures["before"]) => number | null) =>
    `${value(before)}/${value(during)}`;
  return {
    attack,
    "group p50 ms before/during": both(({ group }) => group.p50),
    "p99 ms": both(({ group }) => group.p99),
    "API p95 ms": both(({ api }) => api.p95),
    "RSS MB": both(({ rssMb }) => rssMb),
    "after gc": afterGc.rssMb,
    met: Object.entries(met)
      .map(([what, times]) => `${what} × ${times}`)
      .join(", "),
  };
}

/** What is not as it must be, in words. */
function shortOf({ attack, before, during }: Figures): string[] {
  const { group, api } = during;
  const grown = Math.round(during.rssMb - before.rssMb);
  return [
    (group.p99 ?? groupP99MsMax) >= groupP99MsMax ? `the group's p99 is ${group.p99} ms` : "",
    Object.keys(group.failures).length > 0 ? `the group: ${JSON.stringify(group.failures)}` : "",
    Object.keys(api.failures).length > 0 ? `the API: ${JSON.stringify(api.failures)}` : "",
    grown > grownMbMax ? `the server has grown by ${grown} MB` : "",
  ]
    .filter((line) => line !== "")
    .map((line) => `${attack}: ${line}`);
}

const server = await startMeasured();
try {
  await prepareFleet(server, controls + attackers + guarded, { tokens: false });
  await guardStations(server);
  const group = await startControlGroup(server.stationUrl, controls);
  const api = watchApi(server);
  const figures: Figures[] = [];
  for (const name of values.attacks.split(",") as AttackName[]) {
    figures.push(await suffer(name, { server, group, api }));
    process.stderr.write(`${JSON.stringify(rowOf(figures.at(-1) as Figures))}\n`);
  }
  await api.stop();
  await group.stop();
  process.stdout.write(`${JSON.stringify(figures, null, 1)}\n\n${table(figures.map(rowOf))}\n`);
  for (const line of figures.flatMap(shortOf)) {
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`${server.said()}\n`);
  throw error;
} finally {
  await server.stop();
}
