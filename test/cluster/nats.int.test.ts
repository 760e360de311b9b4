// Nodes whose messages a real NATS carries; their tables are in PostgreSQL.
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import { plainNats } from "#support/engines/nats";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { clusterContract } from "./contract.ts";
import { joinedNodes } from "./joined.ts";

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof plainNats>>;
beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase(), plainNats()]);
}, 60_000);
afterAll(async () => {
  await nats.remove();
  await database.drop();
});

clusterContract("NATS", async () => {
  const bus = { servers: [nats.url] };
  const cell = `contract ${process.pid}`;
  const nodes = joinedNodes(database, { limits: { nodeAnswerMs: 500 }, bus });
  return {
    node: (name) => nodes.join(name, { cell }),
    pass: (milliseconds) => pause(milliseconds),
    leaseMs: 300,
    dispose: () => nodes.close(),
  };
});
