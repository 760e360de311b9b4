import type { Clock } from "#bus";

/** A refused handshake, as often as it came. */
export interface ConnectionAttempt {
  /** Of the last time. */
  readonly at: string;
  readonly firstAt: string;
  readonly address: string;
  /** Absent where the path names no station. */
  readonly stationId?: string | undefined;
  readonly path: string;
  readonly status: number;
  /** In words, for whoever sets the station up. */
  readonly reason: string;
  /** The URL that would have worked. */
  readonly url: string;
  readonly count: number;
}

type NewAttempt = Omit<ConnectionAttempt, "at" | "firstAt" | "count">;

/** Beyond it, an address's attempts for one reason share an entry: it may try many names. */
const entriesPerAddressMax = 50;

/** The last refused handshakes, one entry per address, station and reason. */
export interface ConnectionAttempts {
  /** How often this one has come by now. */
  add(attempt: NewAttempt): number;
  /** Newest first. */
  list(): readonly ConnectionAttempt[];
}

export function createConnectionAttempts(
  clock: Clock,
  limits: { readonly connectionAttemptsMax: number },
): ConnectionAttempts {
  const attempts = new Map<string, ConnectionAttempt>();
  const ofAddress = new Map<string, number>();

  function forget(name: string): void {
    const gone = attempts.get(name);
    if (gone === undefined || !attempts.delete(name)) return;
    const rest = (ofAddress.get(gone.address) ?? 0) - 1;
    if (rest > 0) ofAddress.set(gone.address, rest);
    else ofAddress.delete(gone.address);
  }

  /** Undefined: the address has its share of entries, and this would be one more. */
  function keep(attempt: NewAttempt, about: string): number | undefined {
    const { address, reason } = attempt;
    const name = JSON.stringify([address, about, reason]);
    const before = attempts.get(name);
    const entries = ofAddress.get(address) ?? 0;
    if (before === undefined && about !== "" && entries >= entriesPerAddressMax) return undefined;
    forget(name);
    const at = clock.now();
    const count = (before?.count ?? 0) + 1;
    attempts.set(name, { ...attempt, at, firstAt: before?.firstAt ?? at, count });
    ofAddress.set(address, (ofAddress.get(address) ?? 0) + 1);
    const oldest = attempts.size > limits.connectionAttemptsMax ? attempts.keys().next() : null;
    if (oldest?.value !== undefined) forget(oldest.value);
    return count;
  }

  return {
    add: (attempt) => {
      const own = keep(attempt, attempt.stationId ?? attempt.path);
      return own ?? (keep({ ...attempt, stationId: undefined }, "") as number);
    },
    list: () => [...attempts.values()].reverse(),
  };
}
