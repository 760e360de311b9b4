import { expect, it } from "vitest";
import { type Cluster, type ClusterMessage, createBus } from "#bus";
import { createMemoryNetwork, joinEvents } from "#cluster";
import { systemActor } from "#core";
import { createMemoryEventStore } from "#event-store";
import { testEnvironment } from "#support/environment";

const token = { status: "accepted", concurrency: 1 };

/** What a node tells when it commits; `change` is what is different about its cluster. */
async function toldBy(change: Partial<Cluster>): Promise<ClusterMessage[]> {
  const environment = testEnvironment();
  const bus = createBus({ ...environment, store: createMemoryEventStore() });
  const told: ClusterMessage[] = [];
  const node = createMemoryNetwork(environment).node("one", environment);
  const tell: Cluster["tell"] = (_to, message) => void told.push(message);
  const leave = await joinEvents({ ...environment, bus, cluster: { ...node, tell, ...change } });
  const actor = systemActor("test");
  const commands = [{ stream: "token/t", type: "SetToken", data: token }];
  const result = await bus.commands.execute({ actor, commands });
  expect(result).toMatchObject({ status: "committed" });
  environment.clock.advance(environment.limits.wakeUpMs);
  leave();
  bus.events.stop();
  return told;
}

it("a node tells the others that the log has grown, unless the log itself does", async () => {
  expect(await toldBy({})).toEqual([{ message: "grown", position: 1 }]);
  expect(await toldBy({ growthChannel: "motown_grown" })).toEqual([]);
});
