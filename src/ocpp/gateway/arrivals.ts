import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import type { Clock, Log } from "#bus";

/**
 * Sockets that have not said what they want yet. When there are too many of them, or of all
 * sockets, the address with the most loses its oldest: who dawdles makes room, and who comes in
 * good order is through before anybody looks.
 */
export interface Arrivals {
  /** Open sockets of the server, stations' and others'. */
  readonly sockets: number;
  /** Those of them that have said nothing whole yet. */
  readonly unfinished: number;
  /** Sockets that were closed to make room. */
  readonly turnedOut: number;
}

const tellEveryMs = 60_000;
/** Of the heaviest address's sockets: one at a time would cost a search for each newcomer. */
const shareTurnedOut = 1 / 16;

/** Watches a server's sockets from their first moment. */
export function watchArrivals(
  server: Server,
  parts: {
    readonly clock: Clock;
    readonly log: Log;
    readonly limits: { readonly unfinishedSocketsMax: number; readonly socketsMax: number };
  },
): Arrivals {
  const arrivals = new ServerArrivals(parts);
  server.on("connection", (socket: Socket) => arrivals.add(socket));
  const finished = ({ socket }: IncomingMessage) => arrivals.finished(socket);
  server.prependListener("request", finished);
  server.prependListener("upgrade", finished);
  return arrivals;
}

class ServerArrivals implements Arrivals {
  sockets = 0;
  turnedOut = 0;
  readonly #parts: Parameters<typeof watchArrivals>[1];
  readonly #waiting = new Map<Socket, string>();
  readonly #addresses = new Map<string, Set<Socket>>();
  readonly #onClose: (this: Socket) => void;
  #toldMs: number | undefined;

  constructor(parts: Parameters<typeof watchArrivals>[1]) {
    this.#parts = parts;
    const gone = (socket: Socket) => this.#gone(socket);
    // One function for all sockets: thousands of them wait for years.
    this.#onClose = function onClose() {
      gone(this);
    };
  }

  get unfinished(): number {
    return this.#waiting.size;
  }

  add(socket: Socket): void {
    const { unfinishedSocketsMax, socketsMax } = this.#parts.limits;
    this.sockets += 1;
    socket.on("close", this.#onClose);
    const address = socket.remoteAddress ?? "unknown";
    this.#waiting.set(socket, address);
    const others = this.#addresses.get(address);
    if (others === undefined) this.#addresses.set(address, new Set([socket]));
    else others.add(socket);
    if (this.#waiting.size > unfinishedSocketsMax || this.sockets > socketsMax) this.#makeRoom();
  }

  finished(socket: Socket): void {
    const address = this.#waiting.get(socket);
    if (address === undefined) return;
    this.#waiting.delete(socket);
    const others = this.#addresses.get(address);
    others?.delete(socket);
    if (others?.size === 0) this.#addresses.delete(address);
  }

  #gone(socket: Socket): void {
    this.sockets -= 1;
    this.finished(socket);
  }

  #makeRoom(): void {
    let heaviest: readonly [string, ReadonlySet<Socket>] | undefined;
    for (const entry of this.#addresses) {
      if (heaviest === undefined || entry[1].size > heaviest[1].size) heaviest = entry;
    }
    if (heaviest === undefined) return;
    const [address, waiting] = heaviest;
    const count = Math.ceil(waiting.size * shareTurnedOut);
    for (const socket of [...waiting].slice(0, count)) {
      this.turnedOut += 1;
      this.finished(socket);
      socket.destroy();
    }
    this.#tell(address);
  }

  #tell(address: string): void {
    const now = this.#parts.clock.monotonicMs();
    if (this.#toldMs !== undefined && now - this.#toldMs < tellEveryMs) return;
    this.#toldMs = now;
    const { sockets, unfinished, turnedOut } = this;
    const fields = { sockets, unfinished, turnedOut, heaviestAddress: address };
    this.#parts.log.warn("Too many sockets wait at the door; the oldest are closed", fields);
  }
}
