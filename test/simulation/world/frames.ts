// The station's end of RFC 6455, byte for byte: frames are masked with zeros, which is allowed and
// the same each time.

const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Kind of a WebSocket frame. */
export type FrameKind = keyof typeof opcodes;

/** A frame from a client, with its mask of zeros. */
export function clientFrame(kind: FrameKind, content: string | Buffer): Buffer {
  const body = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  const { length } = body;
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const head = Buffer.alloc(6 + extra);
  head[0] = 0x80 | opcodes[kind];
  head[1] = 0x80 | (extra === 0 ? length : extra === 2 ? 126 : 127);
  if (extra === 2) head.writeUInt16BE(length, 2);
  if (extra === 8) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, body]);
}

const kinds = new Map(Object.entries(opcodes).map(([kind, code]) => [code as number, kind]));

/** What a server sends, put together from what arrives. */
export class FrameReader {
  #bytes: Buffer = Buffer.alloc(0);
  #status: number | undefined;

  /** Status of the HTTP answer, once its head has arrived. */
  get status(): number | undefined {
    return this.#status;
  }

  /** Takes bytes; returns the frames that are whole by now. The handshake's answer is none. */
  take(chunk: Buffer): { readonly kind: FrameKind; readonly text: string }[] {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    if (this.#status === undefined && !this.#readHead()) return [];
    // What follows a refusal is text for people.
    if (this.#status !== 101) return [];
    const frames: { kind: FrameKind; text: string }[] = [];
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #readHead(): boolean {
    const end = this.#bytes.indexOf("\r\n\r\n");
    if (end < 0) return false;
    this.#status = Number(this.#bytes.toString("latin1", 9, 12));
    this.#bytes = this.#bytes.subarray(end + 4);
    return true;
  }

  #next(): { kind: FrameKind; text: string } | undefined {
    const bytes = this.#bytes;
    if (bytes.length < 2) return undefined;
    const short = (bytes[1] as number) & 0x7f;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < head) return undefined;
    const length =
      short < 126
        ? short
        : short === 126
          ? bytes.readUInt16BE(2)
          : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < head + length) return undefined;
    const kind = kinds.get((bytes[0] as number) & 0x0f) as FrameKind | undefined;
    const body = bytes.subarray(head, head + length);
    this.#bytes = bytes.subarray(head + length);
    if (kind === undefined) throw new Error("the server sent a frame of no known kind");
    return { kind, text: body.toString("utf8") };
  }
}
