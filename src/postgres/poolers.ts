import type { ClientBase } from "pg";
import { StoreProblem } from "#store-problem";
import { createConnections, type DatabaseOptions, schemaOf } from "./connections.ts";

const advice =
  "Motown keeps settings, prepared statements, locks and LISTEN in its sessions, and has pools " +
  "of its own: connect it to PostgreSQL itself.";

interface Told {
  readonly path: string;
  readonly pid: number;
}

async function ask(client: ClientBase): Promise<Told> {
  const text = "SELECT current_setting('search_path') AS path, pg_backend_pid() AS pid";
  const { rows } = await client.query<{ path: string; pid: number }>(text);
  const [told] = rows;
  if (told === undefined) throw new Error("the server has no session");
  return told;
}

/** Number of the server's process as it was told when the connection was made. */
function announced(client: ClientBase): number | null {
  return (client as { readonly processID?: number | null }).processID ?? null;
}

/**
 * Refuses what stands between Motown and its server and hands out the server's sessions by the
 * transaction (PgBouncer's pool_mode=transaction): what one sets up, the next would miss.
 */
export async function refusePooler(client: ClientBase, options: DatabaseOptions): Promise<void> {
  const { path, pid } = await ask(client);
  if (path !== schemaOf(options)) {
    throw unfit("Something between Motown and PostgreSQL drops the settings of a session.");
  }
  // A pooler has numbers of its own. One that gives us a whole session does no harm.
  if (announced(client) !== pid && (await changesSessions(options))) {
    throw unfit("Between Motown and PostgreSQL is a pooler that changes sessions between calls.");
  }
}

const unfit = (what: string): StoreProblem => new StoreProblem("unopenable", `${what} ${advice}`);

/** While another one is in a transaction, does this one go on where it was? */
async function changesSessions(options: DatabaseOptions): Promise<boolean> {
  const { databaseConnectMs: statementMs } = options.limits;
  const connections = createConnections(options, { purpose: "first look", max: 2, statementMs });
  try {
    return await connections.using(async (one) => {
      const before = await ask(one);
      return await connections.using(async (other) => {
        await other.query("BEGIN");
        const isShared = (await ask(other)).pid === before.pid;
        const isChanged = (await ask(one)).pid !== before.pid;
        await other.query("ROLLBACK");
        return isShared || isChanged;
      });
    });
  } finally {
    await connections.close();
  }
}
