import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Clock, Socket } from "#bus";
import type { StationConnection } from "../rpc/connection.ts";
import { largeReadBytesMin } from "./intake.ts";
import { bulkBytesMin, type Pacing } from "./pacing.ts";
import { textFrame } from "./text-frame.ts";

const cannotAccept = 1003;
const reasonBytesMax = 123;

/** What `ws` has read of a message that is not complete. */
type Receiver = Readonly<
  Record<"_state" | "_payloadLength" | "_bufferedBytes" | "_messageLength", number> &
    Record<"_buffers", readonly Buffer[]>
>;

const payloadComes = 4;

/** Of a piece of a frame beside its bytes, however few they are. */
const pieceBytes = 200;

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
  /** Of the message that is coming. */
  #paidBytes = 0;
  #untilRead: Promise<void> | undefined;

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
    this.cutOff();
    return false;
  }

  close(code: number, reason: string, how?: "unheard"): void {
    if (how === undefined) this.ws.resume();
    else this.ws.pause();
    this.ws.close(code, shortened(reason));
  }

  /** Ends it at once. */
  cutOff(): void {
    this.ws.terminate();
  }

  buffered(): number {
    return this.ws.bufferedAmount;
  }

  untilRead(): Promise<void> | undefined {
    if (!this.#stream.writableNeedDrain) return undefined;
    this.#untilRead ??= new Promise((resolve) => {
      const done = () => {
        this.#stream.off("drain", done);
        this.#stream.off("close", done);
        this.#untilRead = undefined;
        resolve();
      };
      this.#stream.on("drain", done);
      this.#stream.on("close", done);
    });
    return this.#untilRead;
  }

  /**
   * Bytes in memory: of a message that has not come to its end, of what waits to be looked at, and
   * of what the peer has not read. Nothing where the end has come.
   */
  heldBytes(): number {
    if (this.#stream.destroyed) return 0;
    const receiver = receiverOf(this.ws);
    const unfinished = receiver === undefined ? 0 : unfinishedBytes(receiver);
    return unfinished + this.#stream.readableLength + this.ws.bufferedAmount;
  }

  /** What has come of that frame, as it came. */
  pieces(): readonly Buffer[] {
    return receiverOf(this.ws)?._buffers ?? [];
  }

  /** Bytes until the frame that is coming is complete; 0 where none is. */
  missingBytes(): number {
    const receiver = receiverOf(this.ws);
    if (receiver?._state !== payloadComes) return 0;
    return receiver._payloadLength - receiver._bufferedBytes;
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

  /** Reads nothing until the line of all large frames has passed these bytes of one. */
  holdFor(bytes: number): void {
    const to = attached.get(this.ws);
    if (to === undefined) return;
    const { pacing, clock } = to.pace;
    this.#paidBytes += bytes;
    this.#holds += 1;
    this.ws.pause();
    clock.after(pacing.waitMs(bytes), () => {
      this.#holds -= 1;
      // Its sign of life counts from when it is read again.
      to.connection.alive();
      this.#readOn();
    });
  }

  /** A message is whole: what of it was not waited for as it came. */
  whole(bytes: number): void {
    const unpaid = bytes - this.#paidBytes;
    this.#paidBytes = 0;
    if (bytes >= bulkBytesMin && unpaid > 0) this.holdFor(unpaid);
    this.#paidBytes = 0;
  }

  #readOn(): void {
    if (!this.#paused && this.#holds === 0) this.ws.resume();
  }
}

// `ws` tells of one direction only; tests hold it to these names.
function receiverOf(ws: WebSocket): Receiver | undefined {
  return (ws as unknown as Readonly<Record<"_receiver", Receiver | undefined>>)._receiver;
}

function unfinishedBytes({ _bufferedBytes, _messageLength, _buffers }: Receiver): number {
  return _bufferedBytes + _messageLength + _buffers.length * pieceBytes;
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
  const { connection, socket } = attached.get(this) as Attached;
  if (data.length >= largeReadBytesMin) socket.whole(data.length);
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
