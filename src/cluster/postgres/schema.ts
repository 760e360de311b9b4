import type { MigratedPart } from "#postgres";

// Rows are written again and again, and leave room in their pages: no index is touched. A card is
// whatever the release of its node says of itself.
const tables = `
CREATE TABLE nodes (
  node text COLLATE "C" PRIMARY KEY, card jsonb NOT NULL, lease_until timestamptz NOT NULL)
  WITH (fillfactor = 50);
CREATE TABLE leases (
  name text COLLATE "C" PRIMARY KEY, node text COLLATE "C" NOT NULL, epoch bigint NOT NULL,
  since timestamptz NOT NULL, until timestamptz NOT NULL) WITH (fillfactor = 50);
`;

/** Tables of nodes and leases. */
export const clusterPart: MigratedPart = {
  part: "cluster",
  steps: [{ sql: tables, worksFrom: 1 }],
};
