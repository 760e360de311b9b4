import { type Cluster, type Environment, instantAfter, type LeasedWork } from "#bus";
import { dropPostgresViews, type ViewSchemas } from "#event-store";
import type { DatabaseOptions } from "#postgres";
import { viewsPrefixOf, viewsSchemaOf, viewsWorkOf } from "./shared-house-views.ts";

/** Drops views of releases that no node runs any more: one round, and the work of doing it. */
export interface OldViews extends LeasedWork {
  tidyUp(): Promise<void>;
}

interface Parts {
  readonly database: DatabaseOptions;
  readonly schemas: ViewSchemas;
  readonly cluster: Pick<Cluster, "nodes">;
  readonly environment: Environment;
}

/**
 * They stay for `viewsKeptMs` after their last use: whoever goes back to the release before finds
 * its views there. Since when nobody uses them is noted in the database: nodes come and go.
 */
export function createOldViews(parts: Parts): OldViews {
  const { clock, limits, log } = parts.environment;
  let cancel = () => {};
  let running: Promise<void> | undefined;
  let isStopped = true;

  function plan(): void {
    cancel = clock.after(limits.housekeepingMs, () => {
      running = tidyUp(parts)
        .catch((error: unknown) => log.warn("Old views could not be looked for", { error }))
        .finally(() => {
          running = undefined;
          if (!isStopped) plan();
        });
    });
  }

  return {
    name: "old-views",
    tidyUp: () => tidyUp(parts),
    start: () => {
      isStopped = false;
      plan();
    },
    stop: async () => {
      isStopped = true;
      cancel();
      await running;
    },
  };
}

async function tidyUp({ database, schemas, cluster, environment }: Parts): Promise<void> {
  const { clock, limits, log } = environment;
  const nodes = (await cluster.nodes()).filter(({ live }) => live);
  const used = new Set(nodes.flatMap(({ work = [] }) => work));
  const now = clock.now();
  for (const { name, unusedSince } of await schemas.list(viewsPrefixOf(database))) {
    const isUsed = used.has(viewsWorkOf(name)) || name === viewsSchemaOf(database);
    if (isUsed) {
      if (unusedSince !== undefined) await schemas.note(name, undefined);
    } else if (unusedSince === undefined) await schemas.note(name, now);
    else if (instantAfter(unusedSince, limits.viewsKeptMs) <= now) {
      await dropPostgresViews({ ...database, schema: name });
      log.info("Views of a release that no node runs any more are gone", { schema: name });
    }
  }
}
