import { type Clock, createLru } from "#bus";

/**
 * Addresses from which wrong passwords come. One that has sent too many in a minute, and from which
 * no station is connected, is turned away unread until the minute is over; where stations are
 * connected (behind a proxy, a router), their neighbours are looked at all the same.
 */
export interface Suspects {
  /** Seconds until handshakes of an address are looked at again; 0: now. */
  waitSeconds(address: string): number;
  /** A handshake came with a wrong password, or with none where one is due. */
  failed(address: string): void;
  /** A station has connected from there. */
  came(address: string): void;
  /** It has gone. */
  left(address: string): void;
}

const minuteMs = 60_000;

export function createSuspects(
  clock: Clock,
  limits: { readonly wrongPasswordsPerMinuteMax: number; readonly suspectsMax: number },
): Suspects {
  const failures = createLru<string, { readonly sinceMs: number; count: number }>(
    limits.suspectsMax,
  );
  const connected = new Map<string, number>();
  const inThisMinute = (address: string) => {
    const known = failures.get(address);
    return known !== undefined && clock.monotonicMs() - known.sinceMs < minuteMs
      ? known
      : undefined;
  };
  return {
    waitSeconds: (address) => {
      const known = inThisMinute(address);
      if (known === undefined || known.count < limits.wrongPasswordsPerMinuteMax) return 0;
      if (connected.has(address)) return 0;
      return Math.max(1, Math.ceil((known.sinceMs + minuteMs - clock.monotonicMs()) / 1000));
    },
    failed: (address) => {
      const known = inThisMinute(address);
      if (known === undefined) failures.set(address, { sinceMs: clock.monotonicMs(), count: 1 });
      else known.count += 1;
    },
    came: (address) => {
      connected.set(address, (connected.get(address) ?? 0) + 1);
    },
    left: (address) => {
      const rest = (connected.get(address) ?? 0) - 1;
      if (rest > 0) connected.set(address, rest);
      else connected.delete(address);
    },
  };
}
