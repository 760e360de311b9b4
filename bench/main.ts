// npm run bench -- <name> [options]: figures, measured by hand; docs/performance.md says how to
// read them.
import { spawn } from "node:child_process";
import { join } from "node:path";

const benches: Readonly<Record<string, string>> = {
  cycle: "calls/s and CPU per call beside the bare wire (--stations 200,1000 --rounds 3)",
  idle: "memory of idle stations (--stations 18000 --seconds 300)",
  storm: "everybody comes back at once (--stations 18000 --seconds 60 --how kill|cut)",
  hostile: "attacks beside a control group (--seconds 15 --attacks silentSockets,bigFrames)",
  soak: "half load for half an hour, and what memory does (--minutes 30 --stations 1000 --rate …)",
  archive: "a log of 1 million events from SQLite to PostgreSQL and back (--events 1000000)",
  store: "durable appends of the stores",
  "sizes/storage":
    "what a network leaves on PostgreSQL: bytes of events, receipts, frames (events stations)",
  "sizes/fan-out": "what a wake-up costs that goes to many nodes, over NATS (nodes seconds)",
  "cluster/messages": "wake-ups and questions between nodes, over PostgreSQL and over NATS",
  reads: "reads of the API on 50,000 stations and 1 million sessions (--seconds 60 --rate 500)",
  flat: "CPU per call from 100 to 15,000 stations, and from an empty log to 12 million events",
  cluster: "1, 2 and 3 nodes, a request at another node, a takeover (--only throughput …)",
  rebuild: "rebuild of all views from a log of 1 million events",
  console: "the console in a browser, and on a slow phone (--stations 50000 --only first-view)",
  profile: "where the server's time goes under the cycle (--stations 200 --seconds 15)",
  load: "the load alone, on any server (--url ws://… --stations 200 --sample label:pid)",
  fleet: "stations and tokens of a load (--url http://… --key … --stations 200)",
  ceiling: "the bare wire alone (--port 9100)",
};

const [name = "", ...args] = process.argv.slice(2);
if (name in benches) {
  const file = join(import.meta.dirname, `${name}.ts`);
  const child = spawn(process.execPath, [file, ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  const lines = Object.entries(benches).map(([bench, about]) => `  ${bench.padEnd(10)} ${about}`);
  process.stderr.write(`Usage: npm run bench -- <name> [options]\n\n${lines.join("\n")}\n`);
  process.exitCode = 2;
}
