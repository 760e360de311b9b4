// Several nodes on one machine: how many calls they take together, what a request costs that comes
// in at another node than its station's, and what it costs a station to come to another node:
//   npm run bench -- cluster [--stations 200] [--seconds 15] [--nodes 1,2,3] [--only crossing]
import { parseArgs } from "node:util";
import { measureCrossing } from "./cluster/crossing.ts";
import { measureTakeovers } from "./cluster/takeover.ts";
import { measureThroughput } from "./cluster/throughput.ts";
import { table } from "./table.ts";

/** What a request may take longer when it comes in at another node. */
const addedP95MsMax = 10;

const { values } = parseArgs({
  options: {
    stations: { type: "string", default: "200" },
    nodes: { type: "string", default: "1,2,3" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "15" },
    warmup: { type: "string", default: "15" },
    requests: { type: "string", default: "400" },
    only: { type: "string" },
  },
});
const wanted = (part: string) => values.only === undefined || values.only === part;
const say = (line: string) => process.stderr.write(`${line}\n`);
const show = (title: string, rows: readonly object[]) =>
  process.stdout.write(`${JSON.stringify(rows, null, 1)}\n\n${title}\n\n${table(rows)}\n\n`);

if (wanted("throughput")) {
  const rows = await measureThroughput({
    stations: Number(values.stations),
    nodes: values.nodes.split(",").map(Number),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    warmupSeconds: Number(values.warmup),
    say,
  });
  show("Throughput", rows);
}
if (wanted("crossing")) {
  const rows = [];
  for (const bus of [true, false]) {
    rows.push(...(await measureCrossing({ bus, requests: Number(values.requests) })));
  }
  show("A request at another node than its station's", rows);
  for (const { carrier, what, addedP95Ms } of rows) {
    if (addedP95Ms <= addedP95MsMax) continue;
    say(`${what} takes ${addedP95Ms} ms longer (${carrier}); at most ${addedP95MsMax}`);
    process.exitCode = 1;
  }
}
if (wanted("takeover")) {
  const rows = [];
  for (const bus of [true, false]) {
    rows.push(...(await measureTakeovers({ bus, stations: Number(values.stations) })));
  }
  show("A station comes to another node", rows);
}
