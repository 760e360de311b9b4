// Two nodes on one PostgreSQL, and what they show of themselves to whoever runs them.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { allIdle, startNode } from "#support/nodes";
import type { HouseWithStations } from "#support/station-clients";

let database: TestDatabase;
let nodes: readonly HouseWithStations[];
const node = (at: number) => nodes[at] as HouseWithStations;

beforeAll(async () => {
  database = await testDatabase();
  nodes = await Promise.all(["a", "b"].map((name) => startNode(database, name)));
}, 60_000);
afterAll(async () => {
  await Promise.all((nodes ?? []).map((one) => one.stop()));
  await database.drop();
}, 30_000);

interface Status {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly head: number;
  readonly nodes: readonly Record<string, unknown>[];
  readonly leases: readonly { readonly name: string; readonly node: string }[];
  readonly engines: Readonly<Record<string, Record<string, unknown>>>;
}

/** The cluster as a node shows it, once nothing is wrong with it. */
const wellBy = (at: number) =>
  node(at).eventually("a cluster that is well", async () => {
    const status = (await node(at).api<Status>("GET", "/api/v1/cluster")).body;
    return status.ok ? status : undefined;
  });

/** Values of a metric, by what its labels say. */
async function figure(at: number, name: string): Promise<Readonly<Record<string, number>>> {
  const { body } = await node(at).api<string>("GET", "/metrics");
  const lines = body.matchAll(new RegExp(`^${name}(?:{\\w+="([^"]*)"})? (\\S+)$`, "gm"));
  return Object.fromEntries([...lines].map(([, label = "", value]) => [label, Number(value)]));
}

it("show each other, who does what, and engines that are well", async () => {
  await node(1).served("CP1");
  await allIdle(nodes);
  const byA = await wellBy(0);
  expect(byA.nodes).toMatchObject([
    { node: "a", url: expect.stringMatching(/^http:/), live: true, draining: false, sockets: 0 },
    { node: "b", roles: ["gateway", "api", "background"], live: true, sockets: 1 },
  ]);
  expect(byA).toMatchObject({
    node: "a",
    strandedStations: 0,
    head: await node(0).motown.store.head(),
  });
  expect(byA.engines).toMatchObject({
    store: { kind: "postgres", ok: true },
    views: { ok: true, lag: 0, lagSeconds: 0 },
    messages: { kind: "postgres", ok: true, lost: 0 },
  });
  // Work moves while nodes find each other: from some moment on all say the same.
  await node(0).eventually("one word on who does what", async () => {
    const shown = (await Promise.all([wellBy(0), wellBy(1)])).map(({ leases }) =>
      leases.map((lease) => `${lease.name} ${lease.node}`).join("\n"),
    );
    const done = nodes.flatMap(({ motown }) =>
      motown.held().map((name) => `${name} ${motown.node}`),
    );
    const really = done.sort().join("\n");
    return shown.every((words) => words === really) || undefined;
  });
});

it("count what they do", async () => {
  expect(await figure(0, "motown_nodes")).toEqual({ live: 2, draining: 0, gone: 0 });
  expect(await figure(0, "motown_log_ok")).toEqual({ "": 1 });
  expect((await figure(1, "motown_log_commit_seconds_count"))[""]).toBeGreaterThan(0);
  expect((await figure(1, "motown_log_writes_total"))[""]).toBeGreaterThan(0);
  expect(await figure(0, "motown_leases_held")).toEqual({ "": node(0).motown.held().length });
  expect(await figure(1, "motown_stations_connected")).toEqual({ "": 1 });
  expect(await figure(0, "motown_database_connections_most")).toMatchObject({
    ...{ "log writer": 1, log: 3, views: 1, questions: 3, frames: 1, "messages in": 1 },
  });
  expect((await figure(0, "motown_database_connections"))["messages in"]).toBe(1);
  const heard = async () => (await figure(1, "motown_messages_received_total"))[""];
  await node(0).api("POST", "/api/v1/charging-stations", { stationId: "CP2" });
  await node(1).eventually("a message", async () => ((await heard()) ?? 0) > 0 || undefined);
});

it("count a station that comes from one to the other", async () => {
  const before = await figure(1, "motown_sockets_replaced_total");
  await node(0).connect("CP1");
  expect(await figure(0, "motown_stations_taken_over_total")).toEqual({ "": 1 });
  await node(1).eventually("the old socket's end", async () => {
    const now = await figure(1, "motown_sockets_replaced_total");
    return now.another_node === (before.another_node ?? 0) + 1 || undefined;
  });
  await node(0).eventually("the socket on its new node", async () => {
    const { nodes: rows } = await wellBy(1);
    return rows[0]?.sockets === 1 && rows[1]?.sockets === 0 ? true : undefined;
  });
});

it("do not miss one that has stopped in order", async () => {
  await node(1).stop();
  nodes = [node(0)];
  const status = await wellBy(0);
  expect(status.nodes).toMatchObject([{ node: "a", live: true }]);
  expect(new Set(status.leases.map((lease) => lease.node))).toEqual(new Set(["a"]));
});
