// Sockets that stay on a wheel of pings, by a clock that a test moves.
import { expect, it } from "vitest";
import { limitsWith } from "#limits";
import { testClock, testDice, testLog } from "#support/environment";
import { createLiveness } from "./liveness.ts";

const { pingIntervalMs } = limitsWith({});

function wheel() {
  const clock = testClock();
  const liveness = createLiveness({
    ...{ clock, dice: testDice(), log: testLog(), limits: limitsWith({}) },
    store: { seen: async () => [] },
    rpc: { replaced: () => {} },
  });
  /** When it was pinged. */
  const add = () => {
    const pinged: number[] = [];
    const connection = { lastSeenMs: 0, paused: false, key: "cp", epoch: 1, isOdd: () => {} };
    const ping = () => {
      pinged.push(clock.monotonicMs());
      // It answers at once.
      connection.lastSeenMs = clock.monotonicMs();
    };
    const ws = { readyState: 1, OPEN: 1, ping };
    const socket = { ws, held: false, untilRead: () => undefined, heldBytes: () => 0 };
    liveness.add(connection as never, socket as never, {} as never);
    return { connection, pinged };
  };
  return { clock, add };
}

it("asks a silent station once a turn, and one that has just spoken not at all", () => {
  const { clock, add } = wheel();
  const silent = add();
  const busy = add();
  for (let passed = 0; passed < 3 * pingIntervalMs; passed += 1_000) {
    clock.advance(1_000);
    busy.connection.lastSeenMs = clock.monotonicMs();
  }
  expect(silent.pinged).toHaveLength(3);
  expect(busy.pinged).toEqual([]);
});

it("lets no more than a turn and a sixth pass between a word and a ping", () => {
  const { clock, add } = wheel();
  const stations = Array.from({ length: 200 }, () => {
    const one = add();
    return { ...one, spokeAt: 0 };
  });
  // Each speaks once, at another moment of a turn.
  for (const station of stations) {
    clock.advance((2 * pingIntervalMs) / stations.length);
    station.connection.lastSeenMs = clock.monotonicMs();
    station.spokeAt = station.connection.lastSeenMs;
  }
  clock.advance(2 * pingIntervalMs);
  for (const { spokeAt, pinged } of stations) {
    const next = pinged.find((ms) => ms > spokeAt) ?? Number.POSITIVE_INFINITY;
    expect(next - spokeAt).toBeLessThanOrEqual(pingIntervalMs * (1 + 1 / 6));
  }
});
