import type { Clock, Cluster, Log } from "#bus";
import type { Limits } from "#limits";
import { type DatabaseOptions, migrate, schemaOf } from "#postgres";
import { createCarried } from "./carried.ts";
import type { Carrier, CarrierParts } from "./carrier.ts";
import type { NatsOptions } from "./nats/options.ts";
import { openPostgresCarrier } from "./postgres/carrier.ts";
import { channelsOf } from "./postgres/channels.ts";
import { clusterPart } from "./postgres/schema.ts";
import { openTables } from "./postgres/tables.ts";

/** What a node needs to join others. */
export interface JoinOptions {
  readonly node: string;
  /** Where the tables of nodes and leases are: beside the log. */
  readonly database: DatabaseOptions;
  /** Where NATS carries the messages; without it PostgreSQL does. */
  readonly bus?: NatsOptions | undefined;
  /** Keeps clusters on one bus, or in one schema, apart. */
  readonly cell: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
}

/**
 * Joins the nodes on a database; a `StoreProblem` says why that cannot be. A NATS that is away is
 * no reason: nodes look for themselves until it is there.
 */
export async function joinCluster(options: JoinOptions): Promise<Cluster> {
  const { node, bus, cell, clock, log, limits } = options;
  const database = { ...options.database, node };
  const openCarrier: OpenCarrier =
    bus === undefined ? (parts) => openPostgresCarrier(database, parts) : await natsCarrier(bus);
  await migrate(database, clusterPart);
  return createCarried({
    ...{ node, cell, clock, log, limits, openCarrier },
    kind: bus === undefined ? "postgres" : "nats",
    tables: openTables(node, database),
  });
}

type OpenCarrier = (parts: CarrierParts) => Promise<Carrier>;

/** The client of NATS takes its time to load, which nobody pays who has none. */
async function natsCarrier(bus: NatsOptions): Promise<OpenCarrier> {
  const { serversOf } = await import("./nats/options.ts");
  serversOf(bus);
  const { openNatsCarrier } = await import("./nats/carrier.ts");
  return (parts) => openNatsCarrier(bus, parts);
}

/**
 * Channel on which the log has to tell its growth (`channel` of its store), where PostgreSQL
 * carries the messages of this cluster: as `growthChannel` of the cluster once it has joined.
 */
export function growthChannelOf(given: {
  readonly database: Pick<DatabaseOptions, "schema">;
  readonly cell: string;
}): string {
  return channelsOf({ schema: schemaOf(given.database), cell: given.cell }).grown;
}
