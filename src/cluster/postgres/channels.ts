import { createHash } from "node:crypto";

/** Channels of one cluster on a database: its schema and its cell keep them from others'. */
export interface Channels {
  /** The log tells here how far it has grown. */
  readonly grown: string;
  /** What is for all nodes. */
  readonly all: string;
  /** What is for one node. */
  readonly of: (node: string) => string;
}

/** A channel's name has 63 bytes at most, and a node's may be anything. */
export function channelsOf(cluster: { readonly schema: string; readonly cell: string }): Channels {
  const prefix = `motown_${shortNameOf(JSON.stringify([cluster.schema, cluster.cell]))}`;
  return {
    grown: `${prefix}_grown`,
    all: `${prefix}_all`,
    of: (node) => `${prefix}_${shortNameOf(node)}`,
  };
}

const shortNameCharacters = 16;

/** A name of hexadecimal digits, the same for all who make it. */
export function shortNameOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, shortNameCharacters);
}
