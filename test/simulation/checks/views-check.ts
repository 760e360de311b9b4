import { stationKey } from "#core";
import { createMemoryEventStore } from "#event-store";
import { createProjector, views } from "#views";
import { dumpOf, giveBack, takeFile, type ViewDump } from "../world/view-files.ts";
import type { World } from "../world/world.ts";
import { energyOf, nameOf } from "./fact-check.ts";

/** Builds the views again from the log, as far as the live ones are, and compares row by row. */
export async function compareViews(world: World): Promise<void> {
  const { disk, profile, violate } = world;
  const live = disk.views.current.store;
  const position = await live.checkpoint();
  const { contents } = disk;
  if (position > contents.events.length) {
    violate("views", `the views are at ${position}, the log ends at ${contents.events.length}`);
    return;
  }
  const whole = createMemoryEventStore({ contents });
  const fresh = takeFile(profile.limits);
  const projector = createProjector({
    source: {
      head: async () => position,
      readAll: async ({ after, limit }) =>
        whole.readAll({ after, limit: Math.max(0, Math.min(limit, position - after)) }),
    },
    store: fresh,
    views: Object.values(views),
    limits: profile.limits,
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    clock: { monotonicMs: () => 0, after: () => ignore },
  });
  await projector.start();
  const passed = await projector.passed(position);
  const found = passed ? differences(await dumpOf(live), await dumpOf(fresh)) : [];
  for (const one of found) violate("views", one);
  if (!passed)
    violate("views", `they cannot be built again: ${JSON.stringify(projector.health())}`);
  await projector.stop();
  await giveBack(fresh);
}

const ignore = () => {};

function differences(live: ViewDump, rebuilt: ViewDump): string[] {
  const found: string[] = [];
  for (const [table, rows] of live) {
    const others = rebuilt.get(table) ?? [];
    if (rows.length !== others.length) {
      found.push(`${table}: ${rows.length} rows, rebuilt ${others.length}`);
    }
    for (const [at, row] of rows.entries()) {
      const [one, other] = [JSON.stringify(row), JSON.stringify(others[at])];
      if (one === other) continue;
      found.push(`${table}: ${one}, rebuilt ${other}`);
      break;
    }
  }
  return found;
}

/** Holds the views' Wh against the meters', for each session whose end the views have seen. */
export async function compareEnergy(world: World): Promise<void> {
  const { disk, log, violate, stations } = world;
  const live = disk.views.current.store;
  const position = await live.checkpoint();
  log.readOn();
  const rows = await live.query({ sql: "SELECT * FROM transactions", parameters: [] });
  const byId = new Map(rows.map((row) => [String(row.transactionId), row]));
  for (const session of stations.flatMap((station) => station.sessions)) {
    if (!session.stopTold) continue;
    const key = stationKey(session.stationId);
    const [logged] = log.startedAt(key, session.evseId, session.start.wh);
    if (logged === undefined || logged.stopPosition > position) continue;
    const row = byId.get(logged.transactionId);
    const milliWh = energyOf(session) * 1000;
    if (row?.energyMilliWh === milliWh && row.state === "ended") continue;
    const shown = `${row?.energyMilliWh} mWh, ${row?.state}`;
    violate("energy", `${nameOf(session)}: ${milliWh} mWh by its meter, the view shows ${shown}`);
  }
}
