// What comes from a station's socket, before `ws` makes frames of it. One read of the system brings
// up to 64 kB, which may be thousands of tiny calls: `ws` would hand over all of them at one go,
// and Node read on while more is there, up to 2 MB a socket, before anybody else has a turn.
import { type Duplex, Readable } from "node:stream";
import type { Buffers } from "./buffers.ts";
import type { StationSocket } from "./station-socket.ts";

/** Hands a socket's bytes on in portions, and a large read at a time. */
export interface Intake {
  /** From now on for this socket. */
  portion(stream: Duplex, socket: StationSocket): void;
}

/** Smaller reads, as all ordinary ones are, pass as they come. */
export const largeReadBytesMin = 8_192;
/** Between two of them a socket may be paused. */
const portionBytes = 4_096;

const sockets = new WeakMap<Duplex, StationSocket>();

export function createIntake(buffers: Pick<Buffers, "came">): Intake {
  // One function for all sockets: thousands of them wait for years.
  function push(this: Duplex, chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    if (chunk === null) return handOn(this, chunk, encoding);
    const { length } = chunk;
    let more = false;
    if (length < largeReadBytesMin) more = handOn(this, chunk, encoding);
    // False in any case: the system is asked again when all other sockets had their turn.
    else inPortions(this, chunk);
    buffers.came(length);
    return more;
  }
  return {
    portion: (stream, socket) => {
      sockets.set(stream, socket);
      stream.push = push;
      stream.prependListener("close", letGo);
    },
  };
}

function handOn(stream: Duplex, chunk: Buffer | null, encoding?: BufferEncoding): boolean {
  return Readable.prototype.push.call(stream, chunk, encoding);
}

function inPortions(stream: Duplex, chunk: Buffer): void {
  const socket = sockets.get(stream);
  for (let at = 0; at < chunk.length; at += portionBytes) {
    const rest = chunk.subarray(at);
    const ahead = stream.readableLength + rest.length;
    if (socket !== undefined && socket.missingBytes() > ahead) {
      handOn(stream, inOwnPages(rest));
      socket.holdFor(rest.length);
      return;
    }
    // A copy, or a few bytes of the next frame would keep all that came with them.
    handOn(stream, Buffer.from(rest.subarray(0, portionBytes)));
  }
}

/** At the end: `ws` would look through all that is left, and the memory wait for a collection. */
function letGo(this: Duplex): void {
  if (this.readableLength > 0) {
    // Who is gone sends again what was not answered.
    this.removeAllListeners("data");
    this.read(this.readableLength);
  }
  giveBack(sockets.get(this)?.pieces() ?? []);
}

/**
 * The same bytes outside of the allocator's heap. Part of a large frame may be kept for minutes; as
 * it came, whatever small thing lies above it would keep its room from going back to the system.
 * Memory that can be resized is mapped by itself.
 */
function inOwnPages(bytes: Buffer): Buffer {
  const { length } = bytes;
  const pages = Buffer.from(new ArrayBuffer(length, { maxByteLength: length }), 0, length);
  pages.set(bytes);
  return pages;
}

/** Gives such memory back at once: the garbage collector sees no reason to hurry. */
function giveBack(pieces: readonly Buffer[]): void {
  for (const { buffer } of pieces) {
    if (buffer instanceof ArrayBuffer && buffer.resizable) buffer.resize(0);
  }
}
