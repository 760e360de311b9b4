// What wake-ups cost: one node says something to all others over NATS, as fast as they can hear it.
// All in one process: messages a second out of the server, and CPU of a node for each it hears.
// Usage: node bench/sizes/fan-out.ts [nodes] [seconds]
import { connect } from "@nats-io/transport-node";
import { plainNats } from "../../test/support/engines/nats.ts";

const [, , nodes = "20", seconds = "4"] = process.argv;
const text = JSON.stringify({ told: { message: "grown", position: 123_456_789 } });
const subject = "motown.bench.all";
/** Said before the server is asked whether it has had all. */
const atOnce = 100;

const nats = await plainNats();
const join = () => connect({ servers: [nats.url.replace(/^nats:\/\//, "")] });
const speaker = await join();
const hearers = await Promise.all(Array.from({ length: Number(nodes) }, join));
let heard = 0;
for (const hearer of hearers) {
  hearer.subscribe(subject, {
    callback: (_error, message) => {
      JSON.parse(message.string());
      heard += 1;
    },
  });
}
await Promise.all(hearers.map((hearer) => hearer.flush()));
const cpu = process.cpuUsage();
const started = performance.now();
let said = 0;
while (performance.now() - started < Number(seconds) * 1000) {
  for (let one = 0; one < atOnce; one += 1) speaker.publish(subject, text);
  said += atOnce;
  await speaker.flush();
  await Promise.all(hearers.map((hearer) => hearer.flush()));
}
const took = (performance.now() - started) / 1000;
const used = process.cpuUsage(cpu);
if (heard !== said * hearers.length) throw new Error(`${said} said to ${nodes}, ${heard} heard`);
const each = ((used.user + used.system) / heard).toFixed(1);
console.log(`${nodes} nodes: ${Math.round(heard / took)} messages/s out, ${each} µs CPU each`);
await Promise.all([speaker, ...hearers].map((connection) => connection.close()));
await nats.remove();
