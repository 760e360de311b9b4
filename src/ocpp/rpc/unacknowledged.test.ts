import { expect, it } from "vitest";
import { StoreUnavailable } from "#bus";
import { rpcHarness } from "#support/rpc/rpc-harness";
import { v1_6 } from "../v1_6/index.ts";

const status = (id: string) =>
  JSON.stringify([
    ...[2, id, "StatusNotification"],
    { connectorId: 1, errorCode: "NoError", status: "Charging" },
  ]);

it("says once a minute that the log is away, however many messages come to nothing", async () => {
  let reason: string | undefined;
  const { admit, connect, log, clock, rpc } = rpcHarness(v1_6, {
    store: (inner) => ({
      ...inner,
      append: async (unit) => {
        if (reason !== undefined) throw new StoreUnavailable(reason);
        return inner.append(unit);
      },
    }),
  });
  const stations: Awaited<ReturnType<typeof connect>>[] = [];
  for (const id of ["CP-1", "CP-2"]) {
    await admit(id);
    stations.push(await connect(id));
  }
  const said = () =>
    log.lines
      .filter(({ message }) => message.includes("was not acknowledged"))
      .map(({ fields }) => [fields?.station, String(fields?.error), fields?.unsaid]);
  const each = async (id: string) => {
    for (const { send } of stations) expect(await send(status(id))).toEqual([]);
  };
  reason = "disk full";
  await each("m1");
  await each("m2");
  expect(rpc.counts.callsUnanswered).toBe(4);
  expect(said()).toEqual([["CP-1", expect.stringContaining("disk full"), undefined]]);
  reason = "disk broken";
  await each("m3");
  clock.advance(60_000);
  await each("m4");
  expect(said().slice(1)).toEqual([
    ["CP-1", expect.stringContaining("disk broken"), undefined],
    ["CP-1", expect.stringContaining("disk broken"), 1],
  ]);
});
