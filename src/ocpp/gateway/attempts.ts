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

/** The last refused handshakes, one entry per address, station and reason. */
export interface ConnectionAttempts {
  /** How often this one has come by now. */
  add(attempt: Omit<ConnectionAttempt, "at" | "firstAt" | "count">): number;
  /** Newest first. */
  list(): readonly ConnectionAttempt[];
}

export function createConnectionAttempts(
  clock: Clock,
  limits: { readonly connectionAttemptsMax: number },
): ConnectionAttempts {
  const attempts = new Map<string, ConnectionAttempt>();
  return {
    add: (attempt) => {
      const about = [attempt.address, attempt.stationId ?? attempt.path, attempt.reason];
      const name = JSON.stringify(about);
      const before = attempts.get(name);
      const at = clock.now();
      attempts.delete(name);
      const count = (before?.count ?? 0) + 1;
      attempts.set(name, { ...attempt, at, firstAt: before?.firstAt ?? at, count });
      const oldest = attempts.size > limits.connectionAttemptsMax ? attempts.keys().next() : null;
      if (oldest?.value !== undefined) attempts.delete(oldest.value);
      return count;
    },
    list: () => [...attempts.values()].reverse(),
  };
}
