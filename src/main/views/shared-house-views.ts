// The house's views where several nodes share them: rows in PostgreSQL, in a schema for each set of
// views, so that two releases run side by side on one log and neither touches the other's rows.
import { createHash } from "node:crypto";
import { type Cluster, cursorOf, type Environment, type EventStore } from "#bus";
import { openPostgresViewStore } from "#event-store";
import type { DatabaseOptions } from "#postgres";
import { createQueries, createSharedViews, shapeOf, tablesOf, views } from "#views";
import type { HouseViews } from "./house-views.ts";

const all = Object.values(views);
const hashCharacters = 12;

/** What names of schemas of views begin with. */
export function viewsPrefixOf({ schema = "motown" }: Pick<DatabaseOptions, "schema">): string {
  return `${schema}_views_`;
}

/** Schema of the views that this release builds. */
export function viewsSchemaOf(database: Pick<DatabaseOptions, "schema">): string {
  const hash = createHash("sha256").update(shapeOf(all)).digest("hex");
  return viewsPrefixOf(database) + hash.slice(0, hashCharacters);
}

/** The name under which leading the views of a schema is leased. */
export function viewsWorkOf(schema: string): string {
  return `views/${schema}`;
}

/** Opens them; one node at a time leads them, all ask them. */
export async function openSharedHouseViews(
  database: DatabaseOptions,
  given: {
    readonly source: EventStore;
    readonly environment: Environment;
    readonly cluster: Cluster | undefined;
  },
): Promise<HouseViews> {
  const { source, environment, cluster } = given;
  const schema = viewsSchemaOf(database);
  const store = await openPostgresViewStore({ ...database, schema });
  try {
    // Who only asks needs the tables, too.
    await store.migrate(tablesOf(all));
    const building = await buildingOf({ source, store });
    const shared = createSharedViews({
      ...{ ...environment, source, store, views: all },
      ...(cluster && { told: { cluster, views: schema } }),
    });
    const { limits } = environment;
    const asked = { query: shared.query, dialect: store.dialect };
    return {
      ...createQueries({ store: asked, views, passed: shared.passed, limits }),
      work: [{ ...shared.work, name: viewsWorkOf(schema) }],
      wake: shared.wake,
      health: async () => {
        const own = shared.health();
        const position = own?.position ?? (await store.checkpoint());
        const trouble = own?.trouble ?? building(position);
        const ok = own?.ok !== false && building(position) === undefined;
        return { ...own, ok, position, cursor: cursorOf(position), trouble };
      },
      rebuild: async () => ({
        refused:
          "They are shared by all nodes. To have them built again, stop the nodes, drop the " +
          `schema ${schema} in PostgreSQL, and start the nodes.`,
      }),
      stop: async () => {
        shared.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Until they have met what was in the log at the start, they show too little to be asked. */
async function buildingOf(parts: {
  readonly source: Pick<EventStore, "head">;
  readonly store: { checkpoint(): Promise<number> };
}): Promise<(position: number) => string | undefined> {
  const wanted = await parts.source.head();
  let isBuilt = (await parts.store.checkpoint()) >= wanted;
  return (position) => {
    isBuilt ||= position >= wanted;
    return isBuilt ? undefined : `they are being built: ${position} of ${wanted} events`;
  };
}
