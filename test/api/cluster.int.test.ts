// Goal: what the API says of the cluster is so, and what is wrong is said in words. Method: nodes
// on tables in memory and virtual time; engines that fail, and one that never answers.
import { afterEach, describe, expect, it } from "vitest";
import type { Cluster, NodeCard } from "#bus";
import { createMemoryNetwork, type MemoryNetwork } from "#cluster";
import { limitsWith } from "#limits";
import type { ApiParts } from "#operator-api";
import { openApi, type TestApi } from "#support/api";
import { testClock, testDice, testLog } from "#support/environment";

const leaseMs = 10_000;
const card: NodeCard = {
  url: "http://one.example:8080",
  roles: ["gateway", "api", "background"],
  startedAt: "2026-05-04T09:00:00.000Z",
  release: "1.2.3",
};

let api: TestApi;
afterEach(() => api.close());

const status = async () => (await api.get("/api/v1/cluster")).body;

/** A station's socket on a node, as the table of connections has it. */
const connect = (station: string, node: string) =>
  api.store.connect({ station, node, connectedAt: "2026-05-04T10:00:00.000Z" });

/** The API of the node `one` of several. */
async function openAmong(names: readonly string[], given: Partial<ApiParts["operation"]> = {}) {
  const clock = testClock();
  const network: MemoryNetwork = createMemoryNetwork({
    ...{ clock, dice: testDice(1), limits: limitsWith() },
  });
  const nodes = new Map<string, Cluster>();
  for (const name of names) {
    const node = network.node(name, { clock, log: testLog() });
    await node.announce({ ...card, work: ["sweeper"] }, leaseMs);
    nodes.set(name, node);
  }
  const node = (name: string) => nodes.get(name) as Cluster;
  const views = async () => ({ ok: true, position: await api.store.head() });
  const operation = {
    ...{ cluster: node("one"), card, storeKind: "memory", views },
    ...{ work: () => ["sweeper"], pools: () => [] },
    ...given,
  };
  api = await openApi({ viewsLagSecondsMax: 30, statusMs: 3_000 }, { clock, operation });
  return { clock, network, node };
}

describe("a node that is alone", () => {
  it("shows itself, its sockets and its engines", async () => {
    api = await openApi();
    await connect("cp1", "node");
    const head = await api.store.head();
    expect(await status()).toEqual({
      ...{ node: "node", at: "2026-05-04T10:00:00.000Z", ok: true, problems: [], head },
      nodes: [
        {
          ...{ node: "node", roles: ["gateway", "api", "background"], release: "0.0.0" },
          ...{ startedAt: "2026-05-04T10:00:00.000Z", live: true, draining: false, sockets: 1 },
        },
      ],
      leases: [],
      engines: {
        store: { kind: "memory", ok: true },
        views: { ok: true, position: head, lag: 0, lagSeconds: 0 },
        messages: expect.objectContaining({ kind: "alone", ok: true, sent: 0, lost: 0 }),
      },
      strandedStations: 0,
    });
  });

  it("is shown to who may read, and to nobody else", async () => {
    api = await openApi();
    const { status: code } = await api.get("/api/v1/cluster", { authorization: "" });
    expect(code).toBe(401);
  });

  it("says what ails its log, in the store's words", async () => {
    let reason: string | undefined;
    const hit = (point: string) => {
      if (reason !== undefined && point === "beforeCommit") throw new Error(reason);
    };
    api = await openApi({}, { faults: { hit } });
    reason = "disk full";
    await api.post("/api/v1/charging-stations", { stationId: "CP1" });
    expect(await status()).toMatchObject({
      ok: false,
      problems: ["The log cannot be written: disk full. Nothing is acknowledged."],
      engines: { store: { kind: "memory", ok: false, reason: "disk full" } },
    });
  });
});

describe("several nodes", () => {
  it("are shown with what each does and holds", async () => {
    const { node, clock } = await openAmong(["two", "one"]);
    await node("two").claim(["sweeper"], leaseMs);
    for (const station of ["cp1", "cp2"]) await connect(station, "two");
    await connect("cp3", "long-forgotten");
    const connectedAt = "2026-05-04T08:59:59.999Z";
    await api.store.connect({ station: "cp4", node: "two", connectedAt });
    clock.advance(5_000);
    const seen = await status();
    expect(seen).toMatchObject({ node: "one", ok: true, problems: [], strandedStations: 2 });
    expect(seen.nodes).toMatchObject([
      { ...{ node: "one", url: card.url, release: "1.2.3", live: true, sockets: 0 } },
      { node: "two", live: true, draining: false, sockets: 2 },
    ]);
    expect(seen.nodes[0]).toMatchObject({ leaseUntil: "2026-05-04T10:00:10.000Z" });
    expect(seen.nodes[0]).not.toHaveProperty("work");
    expect(seen.leases).toEqual([
      {
        ...{ name: "sweeper", node: "two", epoch: 1, live: true },
        since: "2026-05-04T10:00:00.000Z",
        until: "2026-05-04T10:00:10.000Z",
      },
    ]);
  });

  it("say which of them is gone, what it left behind, and what nobody does", async () => {
    const { node, clock } = await openAmong(["one", "two"]);
    await node("two").claim(["sweeper", "add-on/removed"], leaseMs);
    await connect("cp1", "two");
    clock.advance(leaseMs + 1);
    await node("one").announce({ ...card, work: ["sweeper"] }, leaseMs);
    const { ok, problems, leases } = await status();
    expect(ok).toBe(false);
    expect(problems).toEqual([
      "Node two is gone since 2026-05-04T10:00:10.000Z, and did not take its leave. " +
        "1 of its stations is not back yet.",
      "Nobody does this work at the moment: sweeper.",
    ]);
    expect(leases).toMatchObject([{ name: "sweeper", live: false }]);
    await node("one").claim(["sweeper"], leaseMs);
    await connect("cp1", "one");
    expect((await status()).problems).toEqual([
      "Node two is gone since 2026-05-04T10:00:10.000Z, and did not take its leave.",
    ]);
    await node("two").leave();
    expect(await status()).toMatchObject({ ok: true, problems: [] });
  });

  it("say which role no node has that goes on", async () => {
    const { node } = await openAmong(["one", "two"]);
    await node("one").claim(["sweeper"], leaseMs);
    await node("two").announce({ ...card, draining: true }, leaseMs);
    expect(await status()).toMatchObject({ ok: true, nodes: [{}, { draining: true }] });
    await node("one").announce({ ...card, roles: ["background"] }, leaseMs);
    expect((await status()).problems).toEqual([
      "No node that lives and is not draining takes stations.",
      "No node that lives and is not draining serves the API.",
    ]);
  });

  it("say so when this one could not say that it lives", async () => {
    const { node, clock } = await openAmong(["one", "two"]);
    clock.advance(leaseMs + 1);
    await node("two").announce(card, leaseMs);
    const [problem] = (await status()).problems;
    expect(problem).toBe("This node, one, counts as gone: it could not say that it lives.");
  });

  it("are shown as far as they can be while the tables cannot be reached", async () => {
    const { network } = await openAmong(["one", "two"]);
    network.faults.reachesTables = () => false;
    const { ok, problems, nodes, engines } = await status();
    expect(ok).toBe(false);
    expect(problems).toEqual([
      "The tables of nodes and leases cannot be read: the tables cannot be reached.",
    ]);
    expect(nodes).toMatchObject([{ node: "one", live: false }]);
    expect(engines.store).toEqual({ kind: "memory", ok: true });
  });

  it("are answered for within a limit, whatever does not answer", async () => {
    const never = () => new Promise<never>(() => {});
    const { clock, node } = await openAmong(["one"], { views: never });
    await node("one").claim(["sweeper"], leaseMs);
    const asked = status();
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
    clock.advance(3_000);
    const { problems, head } = await asked;
    expect(problems).toEqual(["The views do not show everything: no answer within 3000 ms."]);
    expect(head).toBeUndefined();
  });
});

it("says how far the views are behind, and calls it wrong when it is long", async () => {
  let position = 0;
  const views = async () => ({ ok: true, position });
  const { clock, node } = await openAmong(["one"], { views });
  await node("one").claim(["sweeper"], 100_000);
  await node("one").announce({ ...card, work: ["sweeper"] }, 100_000);
  position = await api.store.head();
  await api.post("/api/v1/charging-stations", { stationId: "CP1" });
  clock.advance(20_000);
  // The clock of who records is another one here, and stands still by itself.
  api.environment.clock.advance(20_000);
  await api.post("/api/v1/charging-stations", { stationId: "CP2" });
  clock.advance(10_000);
  const events = (await api.store.head()) - position;
  const late = await status();
  expect(late.engines.views).toEqual({ ok: true, position, lag: events, lagSeconds: 30 });
  expect(late.ok).toBe(true);
  clock.advance(1_000);
  expect(await status()).toMatchObject({
    ok: false,
    problems: [`The views are ${events} events behind the log, by 31 s.`],
  });
});

describe("the figures", () => {
  const figure = async (name: string) => {
    const { text } = await api.get("/metrics");
    return text.split("\n").filter((line) => line.replace(/[ {].*/, "") === name);
  };

  it("show log, views, nodes and messages as they are", async () => {
    const pool = { purpose: "log", most: 8, open: 3, inUse: 2, waiting: 1 };
    const pools = () => [
      { ...pool, failures: { "disk full": 2 } },
      { ...pool, purpose: "views", failures: { "disk full": 1 } },
    ];
    const { node, clock } = await openAmong(["one", "two"], { pools });
    node("one").tell("two", { message: "grown", position: 1 });
    clock.advance(leaseMs + 1);
    await node("one").announce(card, leaseMs);
    const head = await api.store.head();
    for (const [name, lines] of Object.entries({
      motown_log_ok: ["motown_log_ok 1"],
      motown_log_head: [`motown_log_head ${head}`],
      motown_log_waiting: ["motown_log_waiting 0"],
      motown_views_ok: ["motown_views_ok 1"],
      motown_views_lag_events: ["motown_views_lag_events 0"],
      motown_leases_held: ["motown_leases_held 1"],
      motown_messages_sent_total: ["motown_messages_sent_total 1"],
      motown_messages_ok: ["motown_messages_ok 1"],
      motown_nodes: [
        'motown_nodes{state="live"} 1',
        'motown_nodes{state="draining"} 0',
        'motown_nodes{state="gone"} 1',
      ],
      motown_database_connections_in_use: [
        'motown_database_connections_in_use{purpose="log"} 2',
        'motown_database_connections_in_use{purpose="views"} 2',
      ],
      motown_database_failures_total: ['motown_database_failures_total{reason="disk full"} 3'],
    })) {
      expect(await figure(name), name).toEqual(lines);
    }
    const [writes = ""] = await figure("motown_log_writes_total");
    const [commits = ""] = await figure("motown_log_commit_seconds_count");
    const count = (line: string) => Number(line.split(" ")[1]);
    expect(count(commits)).toBeGreaterThan(0);
    expect(count(writes)).toBeGreaterThanOrEqual(count(commits));
  });

  it("are there without those of an engine that does not answer", async () => {
    const views = () => Promise.reject(new Error("the views' thread has ended"));
    const { network } = await openAmong(["one"], { views });
    network.faults.reachesTables = () => false;
    expect(await figure("motown_views_ok")).toEqual(["motown_views_ok 0"]);
    expect(await figure("motown_views_lag_events")).toEqual([]);
    expect(await figure("motown_nodes")).toEqual([]);
    expect(await figure("motown_log_ok")).toEqual(["motown_log_ok 1"]);
  });
});
