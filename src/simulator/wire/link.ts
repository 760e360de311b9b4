import type { Dice } from "../dice.ts";
import { limits } from "../limits.ts";
import type { Tally } from "../tally.ts";
import type { Time, Timer } from "../time.ts";
import type { Destination, SocketFactory, StationSocket } from "./socket.ts";

/** What a link needs, and whom it tells. */
export interface LinkParts {
  readonly destination: Destination;
  readonly socketTo: SocketFactory;
  readonly time: Time;
  readonly dice: Dice;
  readonly tally: Tally;
  opened(): void;
  message(text: string): void;
  closed(): void;
}

/** A station's socket, opened again for as long as it should be open. */
export class Link {
  readonly #parts: LinkParts;
  #socket: StationSocket | undefined;
  #isOpen = false;
  #wanted = false;
  #failures = 0;
  #retry: Timer | undefined;
  /** Counts sockets, so that what an old one still says is not taken for the new one's. */
  #epoch = 0;
  /** Why the last attempt failed, in the system's words. */
  lastFailure = "";

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): void {
    this.#wanted = true;
    if (this.#socket === undefined) this.#connect();
  }

  /** Ends the connection in good order, and stays offline. */
  close(): void {
    this.#leave((socket) => socket.close());
  }

  /** Ends the connection as a power cut does, and stays offline. */
  cut(): void {
    this.#leave((socket) => socket.terminate());
  }

  /** Loses the socket; the link opens a new one by itself. */
  drop(): void {
    this.#socket?.terminate();
  }

  send(text: string): boolean {
    if (!this.#isOpen) return false;
    this.#socket?.send(text);
    return true;
  }

  ping(): void {
    if (this.#isOpen) this.#socket?.ping();
  }

  #leave(how: (socket: StationSocket) => void): void {
    this.#wanted = false;
    this.#retry?.cancel();
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#gone();
    how(socket);
  }

  #connect(): void {
    this.#epoch += 1;
    const epoch = this.#epoch;
    const ifCurrent = (run: () => void) => {
      if (epoch === this.#epoch && this.#socket !== undefined) run();
    };
    this.#socket = this.#parts.socketTo(this.#parts.destination, {
      opened: (protocol) => ifCurrent(() => this.#opened(protocol)),
      message: (text) => ifCurrent(() => this.#parts.message(text)),
      closed: (why) => ifCurrent(() => this.#lost(why)),
    });
  }

  #opened(protocol: string): void {
    if (protocol !== "ocpp1.6") {
      const sentence = `${this.#parts.destination.stationId}: subprotocol "${protocol}" selected`;
      this.#parts.tally.problem("violations", sentence);
    }
    this.#isOpen = true;
    this.#failures = 0;
    this.lastFailure = "";
    this.#parts.opened();
  }

  #lost(why: string): void {
    const wasOpen = this.#isOpen;
    this.lastFailure = why;
    this.#gone();
    if (wasOpen) this.#parts.tally.add("lostSockets");
    if (!this.#wanted) return;
    this.#failures += 1;
    const ceiling = Math.min(limits.reconnectMsMax, limits.reconnectMsMin * 2 ** this.#failures);
    // Spread, so that a fleet does not come back all at once.
    const wait = this.#parts.dice.between(limits.reconnectMsMin, ceiling);
    this.#retry = this.#parts.time.after(wait, () => this.#connect());
  }

  #gone(): void {
    const wasOpen = this.#isOpen;
    this.#socket = undefined;
    this.#isOpen = false;
    if (wasOpen) this.#parts.closed();
  }
}
