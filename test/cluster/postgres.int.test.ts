// Nodes on a real PostgreSQL: tables by its clock, messages by LISTEN and NOTIFY.
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll } from "vitest";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { clusterContract } from "./contract.ts";
import { joinedNodes } from "./joined.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

clusterContract("PostgreSQL", async () => {
  const nodes = joinedNodes(database, { limits: { nodeAnswerMs: 500 } });
  return {
    node: (name) => nodes.join(name),
    pass: (milliseconds) => pause(milliseconds),
    leaseMs: 300,
    dispose: () => nodes.close(),
  };
});
