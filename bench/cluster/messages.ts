// What goes between nodes: how long a message and a question with its answer take, on each carrier.
// Two nodes in one process, one message on its way at a time:
//   npm run bench -- cluster/messages [count]
import { type Cluster, systemClock } from "#bus";
import { joinCluster } from "#cluster";
import { createPostgresEventStore } from "#event-store";
import { limitsWith } from "#limits";
import { plainNats } from "../../test/support/engines/nats.ts";
import { testDatabase } from "../../test/support/engines/postgres.ts";
import { table } from "../table.ts";
import { percentiles } from "../tally.ts";

const count = Number(process.argv[2] ?? 2_000);
const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };
const limits = limitsWith();

/** Milliseconds of each, one after the other; the first tenth does not count. */
async function timesOf(act: (turn: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 1; turn <= count * 1.1; turn += 1) {
    const from = performance.now();
    await act(turn);
    times.push(performance.now() - from);
  }
  return times.slice(-count);
}

/** Resolves when a node hears that the log has grown so far. */
function hearingOf(node: Cluster): (position: number) => Promise<void> {
  let wanted = Number.POSITIVE_INFINITY;
  let heard = () => {};
  node.listen((message) => {
    if (message.message === "grown" && message.position >= wanted) heard();
  });
  return (position) =>
    new Promise((resolve) => {
      wanted = position;
      heard = resolve;
    });
}

/** In milliseconds. */
const row = (carrier: string, what: string, times: readonly number[]) => ({
  ...{ carrier, what },
  ...percentiles(times),
});

const database = await testDatabase({ synced: true });
const nats = await plainNats();
const rows: object[] = [];
for (const bus of [undefined, { servers: [nats.url] }]) {
  const carrier = bus === undefined ? "PostgreSQL" : "NATS";
  const join = (node: string) =>
    joinCluster({
      ...{ node, cell: "bench", clock: systemClock, log, limits, bus },
      database: { url: database.url, limits, log },
    });
  const [one, two] = [await join("one"), await join("two")];
  const hears = hearingOf(two);
  const told = await timesOf((position) => {
    const heard = hears(position);
    one.tell(undefined, { message: "grown", position });
    return heard;
  });
  rows.push(row(carrier, "message", told));
  two.answer({ connections: async () => [], disconnect: async () => true });
  const asked = await timesOf(() => one.ask("two", "disconnect", { station: "a", reason: "b" }));
  rows.push(row(carrier, "question and answer", asked));
  if (one.growthChannel !== undefined) {
    const place = { url: database.url, node: "one", clock: systemClock, log, limits };
    const store = await createPostgresEventStore({ ...place, channel: one.growthChannel });
    const events = [{ type: "A", schema: 1, data: "{}", meta: "{}" }];
    const head = await store.head();
    const woken = await timesOf(async (turn) => {
      const heard = hears(head + turn);
      await store.append({ appends: [{ stream: "a/1", expectedVersion: turn - 1, events }] });
      await heard;
    });
    rows.push(row(carrier, "append until another node hears of it", woken));
    await store.close();
  }
  await one.close();
  await two.close();
}
process.stdout.write(`${table(rows)}\n`);
await nats.remove();
await database.drop();
