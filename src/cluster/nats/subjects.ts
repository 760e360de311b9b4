/** Subjects of one cluster on a NATS that others may use, too. */
export interface Subjects {
  /** What is for all nodes. */
  readonly all: string;
  /** What is for one node. */
  readonly of: (node: string) => string;
  /** Here a node hears that nobody listens; a number comes behind it. */
  readonly unheard: (node: string) => string;
}

/** Names of a cell and of nodes may be anything; here each is one token. */
export function subjectsOf(cell: string): Subjects {
  const prefix = `motown.${tokenOf(cell)}`;
  return {
    all: `${prefix}.all`,
    of: (node) => `${prefix}.node.${tokenOf(node)}`,
    unheard: (node) => `${prefix}.unheard.${tokenOf(node)}`,
  };
}

/**
 * A name as a token of a subject: letters, digits, `-` and `_` stay; of all else the bytes in hex,
 * so that no two names become the same token.
 */
export function tokenOf(name: string): string {
  const bytes = Buffer.from(name);
  if (bytes.length === 0) return "=";
  const isPlain = (byte: number) => /[A-Za-z0-9_-]/.test(String.fromCharCode(byte));
  return [...bytes]
    .map((byte) =>
      isPlain(byte) ? String.fromCharCode(byte) : `=${byte.toString(16).padStart(2, "0")}`,
    )
    .join("");
}
