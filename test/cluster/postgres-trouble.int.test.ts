// What befalls nodes on PostgreSQL: connections that end, hang or cannot say what they should.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cluster, NodeSilent, systemClock } from "#bus";
import { growthChannelOf } from "#cluster";
import { createPostgresEventStore } from "#event-store";
import { limitsWith } from "#limits";
import { keptLog } from "#support/data-directory";
import { pierceableWay } from "#support/engines/pierceable";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { unitOf } from "#support/event-store-contract";
import { channelsOf } from "../../src/cluster/postgres/channels.ts";
import { heardBy, joinedNodes, until } from "./joined.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database.drop());

const grown = (position: number) => ({ message: "grown", position }) as const;

/** Ends connections of a node, as an administrator or a failover does. */
const endConnections = (node: string, purpose: string) =>
  database.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`,
    [`motown ${node} ${purpose}`],
  );

async function twoNodes(limits: Parameters<typeof limitsWith>[0] = {}) {
  const nodes = joinedNodes(database, { limits: { nodeLinkRetryMs: 20, ...limits } });
  const [one, two] = await Promise.all([nodes.join("one"), nodes.join("two")]);
  return { nodes, one, two };
}

/** Tells until it is heard: what is told while nobody listens is lost. */
async function passes(one: Cluster, two: Cluster): Promise<void> {
  const heard = heardBy(two);
  await until(async () => {
    one.tell("two", grown(99));
    return heard.length > 0;
  });
}

describe("messages over PostgreSQL", () => {
  it("pass again by themselves after their connections were ended", async () => {
    const { nodes, one, two } = await twoNodes();
    await passes(one, two);
    await endConnections("two", "messages in");
    await endConnections("one", "messages out");
    await until(async () => (await two.health()).reconnects === 1);
    await passes(one, two);
    expect(await two.health()).toMatchObject({ kind: "postgres", ok: true });
    await until(async () => (await one.health()).ok);
    expect(two.log.lines.filter((line) => line.startsWith("warn Messages"))).toHaveLength(1);
    expect(two.log.lines.filter((line) => line.startsWith("info Messages"))).toHaveLength(1);
    await nodes.close();
  });

  it("are cut off where a connection is dead without a word, and come back", async () => {
    const url = new URL(database.url);
    const way = await pierceableWay(Number(url.port));
    url.port = String(way.port);
    const limits = { nodeLinkRetryMs: 20, nodeLinkProbeMs: 50, databaseConnectMs: 200 };
    const nodes = joinedNodes(database, { limits });
    const one = await nodes.join("one");
    const two = await nodes.join("two", { url: url.href });
    await passes(one, two);
    way.mute();
    await until(async () => !(await two.health()).ok);
    expect((await two.health()).reason).toMatch(/does not answer|cut/);
    way.cut();
    await until(async () => (await two.health()).ok);
    await passes(one, two);
    await nodes.close();
    await way.close();
  });

  // A frozen node takes nothing: what PostgreSQL has for it fills the buffers between them, and
  // PostgreSQL keeps all later messages of all nodes for as long as one waits for its own.
  it("of a node that takes nothing more are not kept for it: the server lets it go", async () => {
    const url = new URL(database.url);
    const way = await pierceableWay(Number(url.port));
    url.port = String(way.port);
    // It does not look for itself in the meantime.
    const limits = { nodeLinkRetryMs: 20, nodeLinkStallMs: 500, nodeLinkProbeMs: 60_000 };
    const nodes = joinedNodes(database, { limits });
    const one = await nodes.join("one");
    const two = await nodes.join("two", { url: url.href });
    await passes(one, two);
    const listener = async () => {
      const text = "SELECT pid FROM pg_stat_activity WHERE application_name = $1";
      return (await database.query(text, ["motown two messages in"]))[0]?.pid;
    };
    const before = await listener();
    way.mute();
    const { of } = channelsOf({ schema: nodes.schema, cell: "main" });
    const flood = "SELECT pg_notify($1, n || repeat('x', 7900)) FROM generate_series(1, 8000) n";
    await database.query(flood, [of("two")]);
    await until(async () => (await listener()) !== before);
    // Thawed, it finds its end, and comes back.
    way.cut();
    await until(async () => (await two.health()).reconnects > 0);
    await passes(one, two);
    await nodes.close();
    await way.close();
  });

  it("may be far longer than a NOTIFY", async () => {
    const { nodes, one, two } = await twoNodes();
    const stations = Array.from({ length: 3_000 }, (_none, at) => `station-é-${at}`);
    two.answer({
      connections: async (question) =>
        question.stations.map((station, epoch) => ({
          ...{ station, epoch, since: "a", lastSeenAt: "b", protocol: "ocpp1.6", address: "c" },
        })),
      disconnect: async () => false,
    });
    const answers = await Promise.all([
      one.ask("two", "connections", { stations }),
      one.ask("two", "connections", { stations: stations.toReversed() }),
    ]);
    expect(answers[0].map(({ station }) => station)).toEqual(stations);
    expect(answers[1].map(({ station }) => station)).toEqual(stations.toReversed());
    await nodes.close();
  });

  it("that are too long are refused, and who asked hears of it at once", async () => {
    const { nodes, one } = await twoNodes({ nodeMessageBytesMax: 2_000 });
    const stations = Array.from({ length: 300 }, (_none, at) => `station-${at}`);
    const question = one.ask("two", "connections", { stations });
    await expect(question).rejects.toThrow(/bytes are too large a message/);
    await expect(question).rejects.toBeInstanceOf(NodeSilent);
    expect(await one.health()).toMatchObject({ ok: true, lost: 1 });
    await nodes.close();
  });

  it("that cannot go out are counted, and questions fail at once", async () => {
    const url = new URL(database.url);
    const way = await pierceableWay(Number(url.port));
    url.port = String(way.port);
    const nodes = joinedNodes(database, { limits: { nodeLinkRetryMs: 20 } });
    const one = await nodes.join("one", { url: url.href });
    await way.close();
    await until(async () => !(await one.health()).ok);
    const asked = one.ask("two", "disconnect", { station: "a", reason: "" });
    await expect(asked).rejects.toThrow(/PostgreSQL cannot be reached|was cut/);
    for (let position = 1; position <= 3; position += 1) one.tell(undefined, grown(position));
    await until(async () => (await one.health()).lost === 4);
    await nodes.close();
  });

  it("of other cells and of other schemas are none of theirs", async () => {
    const { nodes, one, two } = await twoNodes();
    const elsewhere = await nodes.join("three", { cell: "other" });
    const foreign = joinedNodes(database);
    const far = await foreign.join("four");
    const heard = [heardBy(elsewhere), heardBy(far)];
    await passes(one, two);
    one.tell(undefined, grown(1));
    await passes(one, two);
    expect(heard).toEqual([[], []]);
    await foreign.close();
    await nodes.close();
  });
});

it("the log tells other nodes how far it has grown, once a batch, and nobody else does", async () => {
  const { nodes, one, two } = await twoNodes();
  const limits = limitsWith();
  const place = { url: database.url, schema: nodes.schema, node: "one", limits };
  expect(one.growthChannel).toBe(growthChannelOf({ database: place, cell: "main" }));
  const store = await createPostgresEventStore({
    ...{ ...place, clock: systemClock, log: keptLog(), channel: one.growthChannel },
  });
  const [byOne, byTwo] = [heardBy(one), heardBy(two)];
  const units = Array.from({ length: 6 }, (_none, at) =>
    unitOf({ stream: `a/${at}`, versionBefore: 0 }),
  );
  await Promise.all(units.map((unit) => store.append(unit)));
  await until(() => byTwo.length > 0);
  await store.append(unitOf({ stream: "b/1", versionBefore: 0 }));
  await until(() => byTwo.length === 2);
  expect(byTwo).toEqual([grown(6), grown(7)]);
  expect(byOne).toEqual([]);
  await store.close();
  await nodes.close();
});

describe("tables in PostgreSQL", () => {
  const card = { roles: ["background"], startedAt: "2026-05-04T10:00:00.000Z", release: "1" };

  it("forget nodes that have been dead for long, and never the epochs", async () => {
    const { nodes, one, two } = await twoNodes({ deadNodeMs: 50 });
    const own = { ...card, roles: ["background"] as const };
    await one.announce(own, 1);
    await one.claim(["work"], 1);
    await until(async () => {
      await two.announce(own, 10_000);
      return (await two.nodes()).every(({ node }) => node === "two");
    });
    expect(await two.claim(["work"], 1_000)).toMatchObject([{ epoch: 2 }]);
    expect(await two.leases()).toMatchObject([{ name: "work", epoch: 2, live: true }]);
    await nodes.close();
  });

  it("give an epoch to one node, whatever many do at once, and say so in order", async () => {
    const nodes = joinedNodes(database);
    const names = ["a", "b", "c", "d"];
    const all = await Promise.all(["one", "two", "three"].map((name) => nodes.join(name)));
    const holders = new Map<string, string>();
    const busy = async (node: Cluster) => {
      for (let turn = 0; turn < 40; turn += 1) {
        const wanted = turn % 2 === 0 ? names : names.toReversed();
        const held = await node.claim(wanted, 5);
        for (const lease of held) {
          const key = `${lease.name} ${lease.epoch}`;
          expect([key, holders.get(key) ?? node.node]).toEqual([key, node.node]);
          holders.set(key, node.node);
        }
        if (turn % 3 === 0) await node.giveUp(held);
        if (turn % 7 === 0) await node.leave();
      }
    };
    await Promise.all(all.map(busy));
    for (const name of names) {
      const epochs = [...holders.keys()].filter((key) => key.startsWith(name)).length;
      const last = (await all[0]?.leases())?.find((lease) => lease.name === name);
      expect(epochs).toBe(last?.epoch);
    }
    await nodes.close();
  });

  it("are found again after their connections were ended", async () => {
    const { nodes, one } = await twoNodes();
    await one.claim(["work"], 60_000);
    await endConnections("one", "cluster");
    await until(async () => (await one.leases().catch(() => [])).length === 1);
    await nodes.close();
  });
});
