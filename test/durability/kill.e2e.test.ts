import { describe, expect, it } from "vitest";
import { durableStores } from "./durable-stores.ts";
import { killDrill } from "./kill-drill.ts";

/** How long kills are prepared: of each kind there is one, however long that takes. */
const seconds: Readonly<Record<string, number>> = { sqlite: 25, postgres: 1 };

describe.each(durableStores)("$name", (store) => {
  it("loses and doubles nothing that anybody was told, however often it is killed", async () => {
    const options = { store, kills: 20, stations: 10, seconds: seconds[store.name] ?? 25 };
    const { audit, wishes, findings, kills } = await killDrill(options);
    expect(findings).toEqual([]);
    // On a slow machine there is time for fewer; some of each kind there are.
    expect(Math.min(...Object.values(kills))).toBeGreaterThan(0);
    // A drill in which nothing had to be said again would have proved nothing.
    expect(audit.resent).toBeGreaterThan(0);
    expect(audit.acknowledged.stop).toBeGreaterThan(10);
    expect(wishes.requests).toBeGreaterThan(0);
    expect(wishes.decisions).toBeGreaterThan(0);
  }, 90_000);
});
