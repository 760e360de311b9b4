import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Clock, Socket } from "#bus";
import type { StationConnection } from "../rpc/connection.ts";
import { bulkBytesMin, type Pacing } from "./pacing.ts";
import { textFrame } from "./text-frame.ts";

const cannotAccept = 1003;
const reasonBytesMax = 123;

/** What `ws` has read of a message that is not complete. */
type Receiver = Readonly<Record<"_bufferedBytes" | "_messageLength", number>>;

/** What large frames of all stations share. */
export interface Pace {
  readonly pacing: Pacing;
  readonly clock: Clock;
}

interface Attached {
  readonly connection: StationConnection;
  readonly socket: StationSocket;
  readonly pace: Pace;
  readonly onEnd: (connection: StationConnection) => void;
}

// One table and shared listeners instead of closures per socket: idle stations are cheap.
const attached = new WeakMap<WebSocket, Attached>();

/** The RPC layer's view of a WebSocket. */
export class StationSocket implements Socket {
  readonly ws: WebSocket;
  readonly #stream: Duplex;
  readonly #bufferMax: number;
  #paused = false;
  #holds = 0;

  /** `stream` is what the WebSocket lies on; `bufferMax` bytes may wait for who does not read. */
  constructor(
    ws: WebSocket,
    { stream, bufferMax }: { readonly stream: Duplex; readonly bufferMax: number },
  ) {
    this.ws = ws;
    this.#stream = stream;
    this.#bufferMax = bufferMax;
  }

  send(frame: string): boolean {
    const { ws } = this;
    if (ws.readyState !== ws.OPEN) return false;
    const written = textFrame(frame);
    if (written === undefined) ws.send(frame);
    else this.#stream.write(written, "latin1");
    if (ws.bufferedAmount <= this.#bufferMax) return true;
    attached.get(ws)?.connection.isOdd("readsTooSlowly");
    ws.terminate();
    return false;
  }

  close(code: number, reason: string): void {
    this.ws.resume();
    this.ws.close(code, shortened(reason));
  }

  buffered(): number {
    return this.ws.bufferedAmount;
  }

  /** Bytes in memory: of a message that has not come to its end, and of what nobody has read. */
  heldBytes(): number {
    // `ws` tells of one direction only; a test holds it to these names.
    const ws = this.ws as unknown as Readonly<Record<"_receiver", Receiver | undefined>>;
    const receiver = ws._receiver;
    const unfinished = (receiver?._bufferedBytes ?? 0) + (receiver?._messageLength ?? 0);
    return unfinished + this.ws.bufferedAmount;
  }

  pause(): void {
    this.#paused = true;
    this.ws.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#readOn();
  }

  /** It is not read at the moment, whatever its peer sends. */
  get held(): boolean {
    return this.#holds > 0;
  }

  /** Reads nothing for a while. */
  hold(clock: Clock, forMs: number, then: () => void): void {
    this.#holds += 1;
    this.ws.pause();
    clock.after(forMs, () => {
      this.#holds -= 1;
      then();
      this.#readOn();
    });
  }

  #readOn(): void {
    if (!this.#paused && this.#holds === 0) this.ws.resume();
  }
}

/** Lets a socket's frames and signs of life reach its connection. */
export function attach(ws: WebSocket, to: Attached): void {
  attached.set(ws, to);
  ws.on("error", onBroken);
  ws.on("message", onMessage);
  ws.on("ping", onSign);
  ws.on("pong", onSign);
  ws.on("close", onClose);
}

/** Kept from the start: a broken frame closes the socket and is no failure of ours. */
export function onSocketError(): void {}

const brokenFrames: Readonly<Record<string, string>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: "frameTooLarge",
  WS_ERR_INVALID_UTF8: "frameNotText",
};

/** A frame that is none of RFC 6455's has closed the socket: 1002, 1007, 1009. */
function onBroken(this: WebSocket, { code = "" }: { readonly code?: string }): void {
  // What the network did, the end of the socket tells.
  if (!code.startsWith("WS_ERR_")) return;
  attached.get(this)?.connection.isOdd(brokenFrames[code] ?? "frameBroken");
}

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  const { connection, socket, pace } = attached.get(this) as Attached;
  if (data.length >= bulkBytesMin) {
    // Its sign of life counts from when it is read again.
    socket.hold(pace.clock, pace.pacing.waitMs(data.length), () => connection.alive());
  }
  if (!isBinary) connection.receive(String(data));
  else {
    connection.isOdd("frameNotText");
    this.close(cannotAccept, "OCPP frames are text");
  }
}

function onSign(this: WebSocket): void {
  attached.get(this)?.connection.alive();
}

function onClose(this: WebSocket): void {
  const end = attached.get(this);
  if (end === undefined) return;
  attached.delete(this);
  end.onEnd(end.connection);
}

function shortened(reason: string): string {
  let short = reason;
  while (Buffer.byteLength(short) > reasonBytesMax) short = short.slice(0, -1);
  return short;
}
