import type { Clock, Dice } from "#bus";
import type { StationConnection } from "../rpc/connection.ts";
import type { Rpc } from "../rpc/rpc.ts";
import type { Liveness } from "./liveness.ts";

const serviceRestart = 1012;
/** Of the time to drain: the rest waits for the ends of what was closed. */
const spreadShareMax = 0.6;
/** A few stations need no spreading. */
const spreadMsPerStation = 2;
const lookEveryMs = 20;
/** Until the last sockets that were cut off have told so. */
const cutOffMs = 1_000;

/**
 * Closes all sockets with 1012, spread over a window so that the stations do not come back all at
 * once. Calls in flight get their answers first; who does not go in time is cut off.
 */
export async function closeAll(parts: {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly limits: { readonly drainMs: number; readonly drainWindowMs: number };
  readonly rpc: Rpc;
  readonly liveness: Liveness;
}): Promise<void> {
  const { clock, dice, limits, rpc, liveness } = parts;
  const connections = [...rpc.all()];
  const started = clock.monotonicMs();
  const windowMs = Math.min(limits.drainWindowMs, limits.drainMs * spreadShareMax);
  const spreadMs = Math.min(windowMs, connections.length * spreadMsPerStation);
  const leave = async (connection: StationConnection) => {
    await pause(clock, dice.below(Math.ceil(spreadMs) + 1));
    await connection.finish();
    connection.close(serviceRestart, "Motown is being restarted");
  };
  for (const connection of connections) void leave(connection);
  const emptyBy = async (untilMs: number) => {
    while (rpc.size > 0 && clock.monotonicMs() < untilMs) await pause(clock, lookEveryMs);
  };
  await emptyBy(started + limits.drainMs);
  for (const connection of rpc.all()) liveness.socketOf(connection)?.cutOff();
  await emptyBy(clock.monotonicMs() + cutOffMs);
}

function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
