import { StoreUnavailable, UnitRefused } from "#bus";

/** What a failed statement or connection says, in PostgreSQL's and the system's own codes. */
interface DatabaseError {
  readonly code?: string;
  readonly message: string;
}

const words: Readonly<Record<string, string>> = {
  "53100": "disk full",
  "53200": "PostgreSQL is out of memory",
  "53300": "PostgreSQL has no connection left",
  "25006": "PostgreSQL is read-only (a standby, or set so)",
  "57P01": "PostgreSQL is shutting down",
  "57P02": "PostgreSQL has crashed and recovers",
  "57P03": "PostgreSQL is starting or stopping",
  "57014": "PostgreSQL took too long",
  "55P03": "PostgreSQL took too long",
  "28P01": "PostgreSQL refuses the password",
  "28000": "PostgreSQL refuses this user, or a connection without TLS",
  "3D000": "PostgreSQL has no such database",
  "42501": "PostgreSQL gives this user too few rights",
  ECONNREFUSED: "PostgreSQL cannot be reached (connection refused)",
  ENOTFOUND: "PostgreSQL's host name is unknown",
  ETIMEDOUT: "PostgreSQL cannot be reached (no answer)",
  EHOSTUNREACH: "PostgreSQL cannot be reached (no route)",
  ECONNRESET: "the connection to PostgreSQL was cut",
  EPIPE: "the connection to PostgreSQL was cut",
};

/** What ails the database, in plain words. */
export function whyUnavailable(error: unknown): string {
  const { code = "", message } = asDatabaseError(error);
  if (words[code] !== undefined) return words[code];
  if (/timeout exceeded when trying to connect|Query read timeout/.test(message)) {
    return "PostgreSQL does not answer";
  }
  if (/Connection terminated|Client has encountered/.test(message)) {
    return "the connection to PostgreSQL was cut";
  }
  if (/unsupported startup parameter/.test(message)) {
    return "a pooler (PgBouncer) takes no settings of a session: connect to PostgreSQL itself";
  }
  if (/after calling end on the pool/.test(message)) return "it was closed";
  return code === "" ? message : `${message} (PostgreSQL ${code})`;
}

/** An error as the port says it: of the unit itself, or of the store. */
export function asStoreError(error: unknown): Error {
  if (error instanceof StoreUnavailable || error instanceof UnitRefused) return error;
  return isOfTheValues(error)
    ? new UnitRefused(asDatabaseError(error).message)
    : new StoreUnavailable(whyUnavailable(error));
}

/** No partition holds the position: the next one is missing. */
export function isPartitionMissing(error: unknown): boolean {
  const { code, message } = asDatabaseError(error);
  return code === "23514" && /no partition/.test(message);
}

/**
 * Values that PostgreSQL cannot take, today or tomorrow: U+0000 in a text, a number that is none
 * (class 22), nothing where something has to be (23), more than an index takes (54).
 */
function isOfTheValues(error: unknown): boolean {
  return /^(22|23|54)[0-9A-Z]{3}$/.test(asDatabaseError(error).code ?? "");
}

/** Whether the connection can go on after this error: the server has answered with it. */
export function isServersAnswer(error: unknown): boolean {
  const { code = "" } = asDatabaseError(error);
  return /^[0-9A-Z]{5}$/.test(code) && !/^(08|57P|EPIPE)/.test(code);
}

function asDatabaseError(error: unknown): DatabaseError {
  return error instanceof Error ? error : { message: String(error) };
}
