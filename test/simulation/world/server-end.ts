import { Duplex } from "node:stream";

/** What the network does with what a node's end of a connection says. */
export interface ServerEndParts {
  readonly address: string;
  /** Bytes leave; `taken` is called once the peer's system has them. */
  readonly written: (bytes: Buffer, taken: () => void) => void;
  /** No more bytes will come, in good order or not. */
  readonly gone: () => void;
}

/** A node's end of a TCP connection, in memory: what `ws` is given instead of a real socket. */
export class ServerEnd extends Duplex {
  readonly remoteAddress: string;
  readonly #parts: ServerEndParts;
  readonly #waiting: Buffer[] = [];
  #wanted = false;

  constructor(parts: ServerEndParts) {
    super({ allowHalfOpen: true });
    this.#parts = parts;
    this.remoteAddress = parts.address;
  }

  /** Bytes have arrived; they wait for as long as nobody reads. */
  arrive(bytes: Buffer): void {
    if (this.destroyed || this.readableEnded) return;
    this.#waiting.push(bytes);
    this.#hand();
  }

  /** Bytes that wait since nobody reads. */
  get unread(): number {
    return this.#waiting.reduce((sum, { length }) => sum + length, 0) + this.readableLength;
  }

  override _read(): void {
    this.#wanted = true;
    this.#hand();
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#parts.written(Buffer.from(chunk), done);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: () => void): void {
    this.#parts.written(Buffer.concat(chunks.map(({ chunk }) => Buffer.from(chunk))), done);
  }

  override _final(done: () => void): void {
    this.#parts.gone();
    done();
  }

  override _destroy(_error: Error | null, done: (error: null) => void): void {
    this.#parts.gone();
    done(null);
  }

  #hand(): void {
    while (this.#wanted && this.#waiting.length > 0) {
      this.#wanted = this.push(this.#waiting.shift());
    }
  }
}
