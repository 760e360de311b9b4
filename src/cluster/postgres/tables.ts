// Nodes and leases in PostgreSQL. Its clock alone decides what is live and what is overdue, so that
// no two nodes see it differently. Each operation is one statement; rows are locked in the order of
// their names, and looked at again once they are locked.
import type { Lease, LeaseRow, NodeCard, NodeRow } from "#bus";
import { createConnections, type DatabaseOptions } from "#postgres";
import type { NodeTables } from "../carried.ts";

const now = "clock_timestamp()";
/** The instant after so many milliseconds. */
const after = (parameter: string) => `${now} + ${parameter}::float8 * interval '1 millisecond'`;
const instant = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const announce = `
WITH forgotten AS (
  DELETE FROM nodes WHERE node IN (
    SELECT node FROM nodes WHERE node <> $1 AND lease_until < ${after("-$4")}
    FOR UPDATE SKIP LOCKED))
INSERT INTO nodes (node, card, lease_until) VALUES ($1, $2::jsonb, ${after("$3")})
ON CONFLICT (node) DO UPDATE SET card = excluded.card, lease_until = ${after("$3")}`;

/** The rows of leases stay: epochs never start anew. */
const leave = `
WITH gone AS (DELETE FROM nodes WHERE node = $1),
  own AS (SELECT name FROM leases WHERE node = $1 AND until > ${now} ORDER BY name FOR UPDATE)
UPDATE leases SET until = ${now} WHERE node = $1 AND name IN (SELECT name FROM own)`;

const nodes = `
SELECT node, card, ${instant("lease_until")} AS "leaseUntil", lease_until > ${now} AS live
FROM nodes ORDER BY node`;

/**
 * What another holds is left alone. Overdue is overdue, even one's own: in the meantime its holder
 * had to count with another one.
 */
const claim = `
INSERT INTO leases AS held (name, node, epoch, since, until)
SELECT name, $1::text, 1, ${now}, ${after("$3")}
FROM (SELECT DISTINCT unnest($2::text[]) AS name) AS wanted
ORDER BY name COLLATE "C"
ON CONFLICT (name) DO UPDATE SET
  node = $1,
  epoch = held.epoch + CASE WHEN held.node = $1 AND held.until > ${now} THEN 0 ELSE 1 END,
  since = CASE WHEN held.node = $1 AND held.until > ${now} THEN held.since ELSE ${now} END,
  until = ${after("$3")}
WHERE held.node = $1 OR held.until <= ${now}
RETURNING name, node, epoch, ${instant("until")} AS until`;

const giveUp = `
WITH given AS (
  SELECT name FROM leases JOIN unnest($2::text[], $3::bigint[]) AS g(name, epoch)
    USING (name, epoch)
  WHERE node = $1 AND until > ${now} ORDER BY name FOR UPDATE OF leases)
UPDATE leases SET until = ${now} WHERE node = $1 AND name IN (SELECT name FROM given)`;

const leases = `
SELECT name, node, epoch, ${instant("since")} AS since, ${instant("until")} AS until,
  until > ${now} AS live
FROM leases ORDER BY name`;

type StoredNode = Omit<NodeRow, keyof NodeCard> & { readonly card: NodeCard };

/** Opens a node's way to the tables; they are there already. */
export function openTables(node: string, options: DatabaseOptions): NodeTables {
  const { limits } = options;
  const connections = createConnections(options, {
    purpose: "cluster",
    max: limits.clusterConnectionsMax,
    // What takes longer than a renewal comes too late for it.
    statementMs: Math.min(limits.databaseStatementMs, limits.leaseRenewMs),
  });
  const run = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    connections.run<Row>({ text, values });
  return {
    announce: async (card, forMs) => {
      await run(announce, [node, JSON.stringify(card), forMs, limits.deadNodeMs]);
    },
    leave: async () => {
      await run(leave, [node]);
    },
    nodes: async () => {
      const rows = await run<StoredNode>(nodes);
      return rows.map(({ card, ...row }) => ({ ...card, ...row }));
    },
    claim: async (names, forMs) => {
      if (names.length === 0) return [];
      const held = await run<Lease>(claim, [node, [...names], forMs]);
      return names.flatMap((name) => held.find((lease) => lease.name === name) ?? []);
    },
    giveUp: async (given) => {
      if (given.length === 0) return;
      const columns = [given.map(({ name }) => name), given.map(({ epoch }) => epoch)];
      await run(giveUp, [node, ...columns]);
    },
    leases: () => run<LeaseRow>(leases),
    close: () => connections.close(),
  };
}
