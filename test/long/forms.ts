/** A test in its long form: what proves at length what `npm test` proves in short. */
export interface LongForm {
  readonly name: string;
  /** What `npm run` is given. */
  readonly command: readonly [script: string, ...args: string[]];
  /** About how long it takes on two quiet cores. */
  readonly minutes: number;
  readonly shows: string;
}

/** All long forms, the shortest first, so that a fault shows early. */
export const longForms: readonly LongForm[] = [
  {
    name: "syncs",
    command: ["syncs"],
    minutes: 1,
    shows: "every commit of the log is synced before it is acknowledged (needs strace)",
  },
  {
    name: "full-disk",
    command: ["test", "--", "full-disk"],
    minutes: 1,
    shows: "a full disk acknowledges nothing, and all goes on when there is room (needs root)",
  },
  {
    name: "storm",
    command: ["bench", "--", "storm"],
    minutes: 5,
    shows: "18,000 stations come back within 60 s after a restart and are served within 90 s",
  },
  {
    name: "hostile",
    command: ["bench", "--", "hostile"],
    minutes: 5,
    shows: "slow, silent, huge and uninvited clients cost bounded memory and nobody else's time",
  },
  {
    name: "idle",
    command: ["bench", "--", "idle", "--stations", "18000"],
    minutes: 10,
    shows: "what an idle station costs in memory, at 18,000 of them",
  },
  {
    name: "cluster",
    command: ["bench", "--", "cluster"],
    minutes: 12,
    shows: "1, 2 and 3 nodes beside the embedded server, a request at another node, a takeover",
  },
  {
    name: "simulation",
    command: ["simulate:long", "--", "--minutes", "20"],
    minutes: 20,
    shows: "as many seeds as fit: one answer each, nothing lost or doubled, views as rebuilt",
  },
  {
    name: "day",
    command: ["simulate:long", "--", "--hours", "24"],
    minutes: 20,
    shows: "24 hours in fast-forward: nothing leaks",
  },
  {
    name: "drills",
    command: ["drill", "--", "--stations", "1000", "--full"],
    minutes: 30,
    shows: "nodes and engines killed, frozen, cut off and replaced under 1,000 stations",
  },
  {
    name: "append",
    command: ["append"],
    minutes: 31,
    shows:
      "30 minutes of 32 appenders of 3 processes on PostgreSQL: none missing, no gap, in order",
  },
  {
    name: "soak",
    command: ["bench", "--", "soak", "--minutes", "30"],
    minutes: 32,
    shows: "30 minutes at half load: slopes of heap and RSS",
  },
  {
    name: "kill",
    command: ["kill", "--", "--kills", "1000"],
    minutes: 40,
    shows: "1,000 times kill -9 under load: nothing that was acknowledged is lost or doubled",
  },
  {
    name: "fuzz",
    command: ["fuzz", "--", "--frames", "10000000"],
    minutes: 60,
    shows: "10 million wrong frames and requests: no exit, no unhandled rejection, no growth",
  },
];

/** The forms of these names, in the table's order; all, if none is named. */
export function formsNamed(names: readonly string[]): readonly LongForm[] {
  const unknown = names.filter((name) => !longForms.some((form) => form.name === name));
  if (unknown.length > 0) {
    const known = longForms.map(({ name }) => name).join(", ");
    throw new Error(`no long form is called ${unknown.join(", ")}; there are ${known}`);
  }
  return longForms.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** What has to be typed to run a form by itself. */
export function commandLine({ command }: LongForm): string {
  const [script, ...args] = command;
  return script === "test" ? ["npm", script, ...args].join(" ") : `npm run ${command.join(" ")}`;
}
