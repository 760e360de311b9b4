// PostgreSQL and NATS of one drill, to be killed and started again.
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { type NatsServer, startNats } from "../support/engines/nats.ts";
import { type TestDatabase, testDatabase } from "../support/engines/postgres.ts";
import { type PostgresServer, startPostgres } from "../support/engines/postgres-server.ts";
import type { DrillNetwork } from "./network.ts";

/** What nodes share. */
export interface Engines {
  readonly postgres: PostgresServer;
  readonly database: TestDatabase;
  /** Where nodes find the database. */
  readonly databaseUrl: string;
  readonly nats: NatsServer | undefined;
  /** Where nodes find NATS. */
  readonly busUrl: string | undefined;
  close(): Promise<void>;
}

/** A commit of the drill is as durable as in earnest; several nodes want several connections. */
const settings = { max_connections: "300" };

/** Starts them, within reach of the network's nodes if there is one. */
export async function startEngines(options: {
  readonly bus: boolean;
  readonly network: DrillNetwork | undefined;
}): Promise<Engines> {
  const { bus, network } = options;
  const listen = network === undefined ? {} : { listen_addresses: "*" };
  const postgres = await startPostgres({ ...settings, ...listen });
  let nats: NatsServer | undefined;
  try {
    const database = await testDatabase({ synced: true, server: postgres.url });
    if (network !== undefined) await letIn(postgres, { database, subnet: network.subnet });
    if (bus) nats = await startNats();
    if (network !== undefined) await hearAll(nats);
    return {
      ...{ postgres, database, nats },
      databaseUrl: at(network?.addresses.postgres, database.url),
      busUrl: nats && at(network?.addresses.nats, nats.url),
      close: async () => {
        await nats?.remove();
        await postgres.remove();
      },
    };
  } catch (error) {
    await nats?.remove();
    await postgres.remove();
    throw error;
  }
}

async function letIn(
  postgres: PostgresServer,
  { database, subnet }: { readonly database: TestDatabase; readonly subnet: string },
): Promise<void> {
  const file = join(postgres.directory, "pg_hba.conf");
  await appendFile(file, `\nhost all all ${subnet} scram-sha-256\n`);
  await database.query("SELECT pg_reload_conf()");
}

/** As its settings say it by themselves, it hears this machine alone. */
async function hearAll(nats: NatsServer | undefined): Promise<void> {
  await nats?.configure(`listen: "0.0.0.0:${nats.port}"`);
  await nats?.stop();
  await nats?.start();
}

function at(host: string | undefined, url: string): string {
  const found = new URL(url);
  if (host !== undefined) found.hostname = host;
  return found.href;
}
