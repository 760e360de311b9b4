// One attack as a program of its own, so that what it costs is not taken for the server's lateness:
//   node bench/wire/attacker.ts <name> <port> <first station> <seconds>
import { performance } from "node:perf_hooks";
import { type AttackName, attack, attacks } from "./attacks.ts";

const [name = "", port, firstStation, seconds] = process.argv.slice(2);
if (!(name in attacks)) throw new Error(`an attack is one of ${Object.keys(attacks).join(", ")}`);
const met = new Map<string, number>();
const told = () => {
  process.stdout.write(`${JSON.stringify(Object.fromEntries(met))}\n`);
  process.exit(0);
};
// Some wait for a server that has stopped listening to them: the time is over all the same.
setTimeout(told, Number(seconds) * 1000 + 2_000);
await attack(name as AttackName, {
  port: Number(port),
  firstStation: Number(firstStation),
  untilMs: performance.now() + Number(seconds) * 1000,
  met,
});
told();
