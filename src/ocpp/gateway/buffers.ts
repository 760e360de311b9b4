import type { Log } from "#bus";
import type { StationConnection } from "../rpc/connection.ts";
import type { StationSocket } from "./station-socket.ts";

interface Holder {
  readonly connection: StationConnection;
  readonly socket: StationSocket;
}

/**
 * Cuts off those whose sockets hold the most, when all of them together hold too much: half of a
 * large frame, or answers that nobody reads, are little on one socket and too much on thousands.
 */
export interface Buffers {
  /** So many bytes have been read; looks when they might be too many with what was there. */
  came(bytes: number): void;
  /** Looks now. */
  look(): void;
}

/** Of the limit: at least so much comes between two looks, since each is at all sockets. */
const shareBetweenLooks = 1 / 16;

export function watchBuffers(
  places: () => Iterable<{ readonly watched: Holder }>,
  parts: { readonly log: Log; readonly limits: { readonly socketBuffersBytesMax: number } },
): Buffers {
  const { socketBuffersBytesMax } = parts.limits;
  let room = socketBuffersBytesMax;
  function look(): void {
    const held = relieve(places(), parts);
    room = Math.max(socketBuffersBytesMax - held, socketBuffersBytesMax * shareBetweenLooks);
  }
  return {
    came: (bytes) => {
      room -= bytes;
      if (room <= 0) look();
    },
    look,
  };
}

/** Bytes that are held afterwards. */
function relieve(
  places: ReturnType<Parameters<typeof watchBuffers>[0]>,
  parts: Parameters<typeof watchBuffers>[1],
): number {
  const { log, limits } = parts;
  let bytes = 0;
  const heavy: { readonly holder: Holder; readonly held: number }[] = [];
  for (const { watched: holder } of places) {
    const held = holder.socket.heldBytes();
    if (held === 0) continue;
    bytes += held;
    heavy.push({ holder, held });
  }
  if (bytes <= limits.socketBuffersBytesMax) return bytes;
  log.warn("Sockets hold too much that is unfinished or unread; the heaviest are closed", {
    bytes,
    sockets: heavy.length,
  });
  heavy.sort((a, b) => b.held - a.held);
  for (const { holder, held } of heavy) {
    // Down to half, or the next bytes would cost the next look.
    if (bytes * 2 <= limits.socketBuffersBytesMax) break;
    bytes -= held;
    holder.connection.isOdd("socketHoldsTooMuch");
    holder.socket.cutOff();
  }
  return bytes;
}
