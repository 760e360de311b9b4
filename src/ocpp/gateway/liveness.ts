import type { Clock, Dice, EventStore, Log, SeenRow } from "#bus";
import type { Quirks } from "../quirks/flags.ts";
import type { StationConnection } from "../rpc/connection.ts";
import type { Rpc } from "../rpc/rpc.ts";
import { type Buffers, watchBuffers } from "./buffers.ts";
import type { StationSocket } from "./station-socket.ts";

interface Watched {
  readonly connection: StationConnection;
  readonly socket: StationSocket;
  /** Last sign of life that the store knows of. */
  toldMs: number;
  /** By quirks: other than the limit, and a pace of its own. */
  silenceMs?: number;
  cancelPing?: () => void;
  /** What it is sent has not been read since then. */
  unread?: { readonly until: Promise<void>; readonly sinceMs: number };
}

/** Pings, and ends what is dead. One wheel turns for all sockets: each is looked at once a turn. */
export interface Liveness {
  readonly buffers: Buffers;
  add(connection: StationConnection, socket: StationSocket, quirks: Quirks): void;
  remove(connection: StationConnection): void;
  socketOf(connection: StationConnection): StationSocket | undefined;
  stop(): void;
}

interface LivenessParts {
  readonly clock: Clock;
  readonly dice: Dice;
  readonly log: Log;
  readonly store: Pick<EventStore, "seen">;
  readonly rpc: Pick<Rpc, "replaced">;
  readonly limits: {
    readonly pingIntervalMs: number;
    readonly silenceMs: number;
    readonly socketBuffersBytesMax: number;
  };
}

const slotsMax = 64;
/** Who has spoken in so small a part of a turn is not asked in it: nothing on the way has slept. */
const spokenShare = 6;
const endings = {
  connectionSilent: "A silent station is disconnected",
  readsTooSlowly: "A station that does not read is disconnected",
};

export function createLiveness(parts: LivenessParts): Liveness {
  const { clock, dice, log, limits } = parts;
  const slots = Array.from({ length: slotsMax }, () => new Set<Watched>());
  const places = new Map<StationConnection, { slot: Set<Watched>; watched: Watched }>();
  const buffers = watchBuffers(() => places.values(), parts);
  const stepMs = limits.pingIntervalMs / slotsMax;
  const spokenMs = limits.pingIntervalMs / spokenShare;
  let at = 0;
  let cancel = clock.after(stepMs, step);

  function step(): void {
    at = (at + 1) % slotsMax;
    const slot = slots[at] as Set<Watched>;
    const now = clock.monotonicMs();
    for (const watched of slot) look(watched, now);
    buffers.look();
    tellStore([...slot].filter(({ connection, toldMs }) => connection.lastSeenMs > toldMs));
    cancel = clock.after(stepMs, step);
  }

  function look(watched: Watched, now: number): void {
    const { connection, socket, cancelPing, silenceMs = limits.silenceMs } = watched;
    // While we do not read, silence is ours.
    const listening = !connection.paused && !socket.held;
    const isSilent = listening && now - connection.lastSeenMs > silenceMs;
    if (isSilent) end(log, watched, "connectionSilent");
    else if (unreadMs(watched, now) > silenceMs) end(log, watched, "readsTooSlowly");
    else if (cancelPing === undefined && now - connection.lastSeenMs > spokenMs) ping(socket);
  }

  /** Quirk: a pace of its own beside the wheel's, or none. */
  function pingEvery(watched: Watched, everyMs: number): void {
    watched.cancelPing = () => {};
    if (everyMs === 0) return;
    watched.cancelPing = clock.after(everyMs, () => {
      ping(watched.socket);
      pingEvery(watched, everyMs);
    });
  }

  function tellStore(active: readonly Watched[]): void {
    if (active.length === 0) return;
    const rows = active.map((watched) => {
      watched.toldMs = watched.connection.lastSeenMs;
      const { key: station, epoch } = watched.connection;
      return { station, epoch, at: lastSeenAt(clock, watched.connection) };
    });
    void tell(parts, rows);
  }

  return {
    buffers,
    add: (connection, socket, { pingIntervalSeconds: pings, silenceSeconds: silence }) => {
      const slot = slots[dice.below(slotsMax)] as Set<Watched>;
      const watched: Watched = { connection, socket, toldMs: connection.lastSeenMs };
      if (silence !== undefined) watched.silenceMs = silence * 1000;
      if (pings !== undefined) pingEvery(watched, pings * 1000);
      slot.add(watched);
      places.set(connection, { slot, watched });
    },
    remove: (connection) => {
      const place = places.get(connection);
      place?.slot.delete(place.watched);
      place?.watched.cancelPing?.();
      places.delete(connection);
    },
    socketOf: (connection) => places.get(connection)?.watched.socket,
    stop: () => cancel(),
  };
}

/** The store says which of them are over: another node may have told so in vain. */
async function tell({ store, rpc, log }: LivenessParts, rows: readonly SeenRow[]): Promise<void> {
  try {
    for (const replaced of await store.seen(rows)) rpc.replaced(replaced);
  } catch (error) {
    log.warn("Signs of life could not be kept", { stations: rows.length, error });
  }
}

function end(log: Log, { connection, socket }: Watched, deviation: keyof typeof endings): void {
  log.info(endings[deviation], { station: connection.stationId });
  connection.isOdd(deviation);
  socket.cutOff();
}

/** For how long the peer has read nothing, although something waits for it. */
function unreadMs(watched: Watched, now: number): number {
  const until = watched.socket.untilRead();
  if (until === undefined) delete watched.unread;
  else if (watched.unread?.until !== until) watched.unread = { until, sinceMs: now };
  return watched.unread === undefined ? 0 : now - watched.unread.sinceMs;
}

function ping({ ws }: StationSocket): void {
  if (ws.readyState === ws.OPEN) ws.ping();
}

/** Instant of a connection's last sign of life. */
export function lastSeenAt(clock: Clock, { lastSeenMs }: { lastSeenMs: number }): string {
  const agoMs = clock.monotonicMs() - lastSeenMs;
  return new Date(Date.parse(clock.now()) - agoMs).toISOString();
}
