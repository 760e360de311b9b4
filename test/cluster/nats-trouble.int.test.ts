// What befalls nodes whose messages NATS carries: it is away, hangs, goes, cuts off who is slow.
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
} from "vitest";
import { type Cluster, NodeSilent } from "#bus";
import type { NatsOptions } from "#cluster";
import { limitsWith } from "#limits";
import { type NatsServer, startNats } from "#support/engines/nats";
import { pierceableWay } from "#support/engines/pierceable";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { heardBy, joinedNodes, until } from "./joined.ts";

let database: TestDatabase;
let nats: NatsServer;
beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase(), startNats()]);
}, 60_000);
afterAll(async () => {
  await nats.remove();
  await database.drop();
});

const limits = { nodeLinkRetryMs: 20, nodeLinkRetryMsMax: 200, nodeLinkProbeMs: 100 };
let nodes: ReturnType<typeof joinedNodes>;
beforeEach(() => {
  nodes = joinedNodes(database, { limits, bus: { servers: [nats.url] } });
});
afterEach(async () => {
  await nodes.close();
  nats.thaw();
  await nats.stop();
  await nats.configure("");
  await nats.start();
});

const grown = (position: number) => ({ message: "grown", position }) as const;

/** Tells until it is heard: what is told while nobody listens is lost. */
async function passes(one: Cluster, two: Cluster): Promise<void> {
  const heard = heardBy(two);
  await until(() => {
    one.tell("two", grown(99));
    return heard.length > 0;
  });
}

const joinBoth = (bus?: NatsOptions) =>
  Promise.all(
    ["one", "two"].map((name) => nodes.join(name, bus === undefined ? {} : { bus })),
  ) as unknown as Promise<
    [Awaited<ReturnType<typeof nodes.join>>, Awaited<ReturnType<typeof nodes.join>>]
  >;

describe("a NATS that is away", () => {
  it("keeps no node from joining, and is used as soon as it is there", async () => {
    await nats.stop();
    const [one, two] = await joinBoth();
    expect(await one.health()).toMatchObject({
      ...{ kind: "nats", ok: false },
      reason: `NATS cannot be reached (connection refused) (127.0.0.1:${nats.port})`,
    });
    expect(await one.claim(["work"], 10_000)).toHaveLength(1);
    await expect(one.ask("two", "connections", { stations: [] })).rejects.toThrow(/NATS cannot/);
    await nats.start();
    await passes(one, two);
    expect(await one.health()).toMatchObject({ ok: true, reconnects: 0 });
  });

  it("for a while loses what is told in the meantime, counts it, and keeps nothing", async () => {
    const [one, two] = await joinBoth();
    await passes(one, two);
    await nats.stop();
    await until(async () => !(await one.health()).ok && !(await two.health()).ok);
    const before = (await one.health()).lost;
    for (let position = 1; position <= 500; position += 1) one.tell(undefined, grown(position));
    expect((await one.health()).lost).toBe(before + 500);
    await nats.start();
    const heard = heardBy(two);
    await until(async () => (await one.health()).ok && (await two.health()).ok);
    await passes(one, two);
    expect(new Set(heard.map((message) => JSON.stringify(message))).size).toBe(1);
    expect(await one.health()).toMatchObject({ reconnects: 1 });
    const said = one.log.lines.filter((line) => /^(warn|info).*between nodes/.test(line));
    expect(said.map((line) => line.split(" ")[0])).toEqual(["warn", "info"]);
  });

  it("and says a farewell is no other case", async () => {
    const [one, two] = await joinBoth();
    await nats.stop("inOrder");
    await until(async () => !(await one.health()).ok);
    await nats.start();
    await passes(one, two);
  });
});

it("a question to a node that is gone fails at once", async () => {
  const [one, two] = await joinBoth();
  await two.close();
  const started = performance.now();
  for (const name of ["two", "never was"]) {
    const asked = one.ask(name, "disconnect", { station: "a", reason: "" });
    await expect(asked).rejects.toThrow(/nobody listens under its name/);
    await expect(asked).rejects.toBeInstanceOf(NodeSilent);
  }
  // Its time would be 2 s each.
  expect(performance.now() - started).toBeLessThan(1_500);
});

it("a NATS that hangs is left, and no message waits for it without limit", async () => {
  const more = { nodeMessagesCharactersMax: 100_000 };
  const tight = joinedNodes(database, {
    limits: { ...limits, ...more, nodeLinkProbeMs: 200, nodeLinkConnectMs: 300 },
    bus: { servers: [nats.url] },
  });
  const one = await tight.join("one");
  nats.freeze();
  for (let position = 0; position < 50; position += 1) {
    one.tell(undefined, { message: "replaced", station: "x".repeat(4_000), epoch: position });
  }
  const { lost, sent, reason } = await one.health();
  expect(sent).toBeLessThan(26);
  expect(lost + sent).toBe(50);
  expect(reason).toBe("NATS takes messages slower than they are sent");
  await until(async () => /was cut|silent|no answer/.test((await one.health()).reason ?? ""));
  nats.thaw();
  await until(async () => (await one.health()).ok);
  await tight.close();
});

it("a node that does not take its messages is cut off, and comes back", async () => {
  await nats.stop();
  await nats.configure('max_payload: 60000\nmax_pending: 70000\nwrite_deadline: "100ms"');
  await nats.start();
  const way = await pierceableWay(nats.port);
  const one = await nodes.join("one");
  const two = await nodes.join("two", {
    bus: { servers: [`nats://127.0.0.1:${way.port}`] },
    // It does not notice by itself.
    limits: limitsWith({ ...limits, nodeLinkProbeMs: 60_000 }),
  });
  await passes(one, two);
  way.mute();
  await until(() => {
    for (let count = 0; count < 60; count += 1) {
      one.tell("two", { message: "replaced", station: "x".repeat(50_000), epoch: count });
    }
    return nats.said().includes("Slow Consumer");
  });
  way.cut();
  await until(async () => (await two.health()).reconnects > 0);
  await passes(one, two);
  await until(async () => (await one.health()).ok);
  await way.close();
});

it("a node leaves a server that is about to stop for another one", async () => {
  const other = await startNats();
  onTestFinished(() => other.remove());
  await nats.stop();
  const leaving = 'lame_duck_duration: "30s"\nlame_duck_grace_period: "10s"';
  await nats.configure(leaving);
  await nats.start();
  const bus = { servers: [nats.url, other.url] };
  // Nodes spread over the servers: one of two with neighbouring names is on each.
  const both = await Promise.all(["a", "b"].map((name) => nodes.join(name, { bus })));
  const places = both.map(({ log }) => log.lines.filter((line) => line.includes("Connected")));
  const ports = places.map(([line]) => /:(\d+)"/.exec(line ?? "")?.[1]);
  expect(ports.toSorted()).toEqual([nats.port, other.port].map(String).toSorted());
  nats.announceStop();
  const moved = both[ports.indexOf(String(nats.port))];
  const connections = () => moved?.log.lines.filter((line) => line.includes("Connected")) ?? [];
  await until(() => connections().length === 2);
  expect(connections().at(-1)).toContain(`:${other.port}`);
  const [a, b] = both as unknown as [Cluster, Cluster];
  const heard = heardBy(b);
  await until(() => {
    a.tell("b", grown(1));
    return heard.length > 0;
  });
  expect(await moved?.health()).toMatchObject({ ok: true, reconnects: 1 });
});

it("a message that the server does not take is refused here", async () => {
  await nats.stop();
  await nats.configure("max_payload: 1000");
  await nats.start();
  const [one, two] = await joinBoth();
  const stations = ["x".repeat(2_000)];
  await expect(one.ask("two", "connections", { stations })).rejects.toThrow(/too large a message/);
  await passes(one, two);
  expect(await one.health()).toMatchObject({ ok: true, lost: 1, reconnects: 0 });
});
