import { expect, it } from "vitest";
import { StoreUnavailable } from "#bus";
import { rpcHarness } from "#support/rpc/rpc-harness";
import { v1_6 } from "../v1_6/index.ts";

it("serves no broken frame while the store cannot be read, and calls that no bug", async () => {
  const { log, connect, rpc } = rpcHarness(v1_6, {
    store: (store) => ({
      ...store,
      loadSnapshot: () => Promise.reject(new StoreUnavailable("disk broken")),
    }),
  });
  const station = await connect();
  expect(await station.send('[2,"1","Heartbeat",{"cut')).toEqual([]);
  expect(rpc.counts.callsUnanswered).toBe(1);
  const lines = log.lines.map(({ message }) => message).join();
  expect(lines).toContain("A frame was not served: since nothing could be read");
  expect(lines).not.toContain("a bug");
});
