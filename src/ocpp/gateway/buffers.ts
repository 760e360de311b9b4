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
export function relieve(
  places: Iterable<{ readonly watched: Holder }>,
  parts: { readonly log: Log; readonly limits: { readonly socketBuffersBytesMax: number } },
): void {
  const { log, limits } = parts;
  let bytes = 0;
  const heavy: { readonly holder: Holder; readonly held: number }[] = [];
  for (const { watched: holder } of places) {
    const held = holder.socket.heldBytes();
    if (held === 0) continue;
    bytes += held;
    heavy.push({ holder, held });
  }
  if (bytes <= limits.socketBuffersBytesMax) return;
  log.warn("Sockets hold too much that is unfinished or unread; the heaviest are closed", {
    bytes,
    sockets: heavy.length,
  });
  heavy.sort((a, b) => b.held - a.held);
  for (const { holder, held } of heavy) {
    // Down to half, or the next bytes would cost the next look.
    if (bytes * 2 <= limits.socketBuffersBytesMax) return;
    bytes -= held;
    holder.connection.isOdd("socketHoldsTooMuch");
    holder.socket.ws.terminate();
  }
}
