// A program that appends to a log until it dies, and prints the last position of each unit that was
// acknowledged. Usage: append-until-killed.ts <directory>; MOTOWN_FAULT says where it dies.
import { systemClock } from "#bus";
import { openStores } from "#event-store";
import { limitsWith } from "#limits";

const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };
const directory = process.argv[2] ?? "";
const fault = process.env.MOTOWN_FAULT;
const { events } = await openStores({
  directory,
  limits: limitsWith(),
  clock: systemClock,
  log,
  fault,
});

async function appendForEver(who: number): Promise<never> {
  for (let version = 0; ; version += 1) {
    const event = { type: "Happened", schema: 1, data: `{"who":${who}}`, meta: "{}" };
    const appends = [{ stream: `a/${who}`, expectedVersion: version, events: [event] }];
    const result = await events.append({ appends, station: `s${who}` });
    if (result.status !== "committed") throw new Error(JSON.stringify(result));
    process.stdout.write(`${result.lastPosition}\n`);
  }
}

await Promise.all([0, 1, 2, 3].map(appendForEver));
