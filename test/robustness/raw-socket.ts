// Bare TCP, to say what no client would: half a request, one byte at a time, nothing at all.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";

/** A socket that says what it is told, and how it ended. */
export interface RawSocket {
  readonly socket: Socket;
  /** All that came. */
  readonly heard: () => string;
  /** Milliseconds from its opening to its end. */
  readonly ended: Promise<number>;
  readonly isOpen: () => boolean;
}

/** Opens a socket from one of this machine's addresses; `deaf`: it does not close when told. */
export async function rawSocket(
  port: number,
  { address = "127.0.0.1", deaf = false }: { address?: string; deaf?: boolean } = {},
): Promise<RawSocket> {
  const from = { localAddress: address, allowHalfOpen: deaf };
  const socket = connect({ port, host: "127.0.0.1", ...from });
  let heard = "";
  let open = true;
  socket.on("data", (data) => {
    heard += String(data);
  });
  // A reset is one of the ends that these tests are about.
  socket.on("error", () => undefined);
  const start = performance.now();
  const ended = new Promise<number>((resolve) => {
    socket.once("close", () => {
      open = false;
      resolve(performance.now() - start);
    });
  });
  await Promise.race([once(socket, "connect"), ended]);
  return { socket, heard: () => heard, ended, isOpen: () => open };
}

/** Writes a text byte by byte, until it is over or the socket has ended. */
export async function drip(raw: RawSocket, text: string, everyMs: number): Promise<void> {
  for (const byte of text) {
    if (!raw.isOpen()) return;
    raw.socket.write(byte);
    await new Promise((done) => setTimeout(done, everyMs));
  }
}

/** A handshake as text, for one station. */
export function handshake(stationId: string, headers = ""): string {
  return (
    `GET /ocpp/${stationId} HTTP/1.1\r\nHost: csms\r\nUpgrade: websocket\r\n` +
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" +
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ocpp1.6\r\n" +
    `${headers}\r\n`
  );
}

/** Looks until it is so; fails after four seconds. */
export async function until(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 4_000;
  while (!(await look())) {
    if (performance.now() > deadline) throw new Error(`${what}: it did not come to be`);
    await new Promise((done) => setTimeout(done, 5));
  }
}
