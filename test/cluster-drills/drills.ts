// All drills: what is done to a cluster at work, and on what.
import type { Disturbance } from "./disturbance.ts";
import { bus, database } from "./disturbances/engines.ts";
import { freeze } from "./disturbances/freeze.ts";
import { kill } from "./disturbances/kill.ts";
import { partition } from "./disturbances/partition.ts";
import { rolling } from "./disturbances/rolling.ts";

/** A drill, with how long it takes at full length and 1,000 stations. */
export interface Drill {
  readonly name: string;
  readonly disturbance: Disturbance;
  /** NATS carries what nodes tell each other; else PostgreSQL does. */
  readonly bus: boolean;
  /** Nodes have a network of their own. */
  readonly network: boolean;
  readonly minutes: number;
  readonly shows: string;
}

const onNats = { bus: true, network: false };
const withoutNats = { bus: false, network: false };

/** In the order in which they are run. */
export const drills: readonly Drill[] = [
  {
    ...{ name: "kill", disturbance: kill, ...onNats, minutes: 3 },
    shows: "kill -9 of one node: its stations are back and charging within 60 s",
  },
  {
    ...{ name: "database", disturbance: database, ...onNats, minutes: 3 },
    shows: "PostgreSQL cut off for 30 s: nobody is told anything that is not kept",
  },
  {
    ...{ name: "bus", disturbance: bus, ...onNats, minutes: 3 },
    shows: "NATS killed for 30 s: stations do not notice",
  },
  {
    ...{ name: "freeze", disturbance: freeze, ...onNats, minutes: 4 },
    shows: "a node stands still for 60 s and goes on: its old epoch does no harm",
  },
  {
    ...{ name: "partition", disturbance: partition, bus: true, network: true, minutes: 5 },
    shows: "a node cut from PostgreSQL, from its answers, from NATS, from the others (needs root)",
  },
  {
    ...{ name: "rolling", disturbance: rolling, ...onNats, minutes: 4 },
    shows: "all nodes replaced under load: one reconnect per station, no failed API call",
  },
  {
    ...{ name: "kill-without-bus", disturbance: kill, ...withoutNats, minutes: 3 },
    shows: "the same kill where PostgreSQL alone carries messages",
  },
  {
    ...{ name: "rolling-without-bus", disturbance: rolling, ...withoutNats, minutes: 4 },
    shows: "the same rolling restart where PostgreSQL alone carries messages",
  },
];

/** The drills of these names, in the table's order; all, if none is named. */
export function drillsNamed(names: readonly string[]): readonly Drill[] {
  const unknown = names.filter((name) => !drills.some((drill) => drill.name === name));
  if (unknown.length > 0) {
    const known = drills.map(({ name }) => name).join(", ");
    throw new Error(`no drill is called ${unknown.join(", ")}; there are ${known}`);
  }
  return drills.filter(({ name }) => names.length === 0 || names.includes(name));
}
