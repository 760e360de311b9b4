import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "#bus";
import { spreadSeconds } from "../spread.ts";

/** Why a handshake is refused. */
export interface HandshakeRefusal {
  readonly status: 400 | 401 | 403 | 404 | 429 | 503;
  /** In words, for whoever sets the station up. */
  readonly reason: string;
  /** When to come again; default: by the status. */
  readonly retryAfterSeconds?: number;
}

/** Seconds after which another attempt may do better. */
const retrySeconds: Partial<Record<HandshakeRefusal["status"], number>> = { 429: 60, 503: 10 };

/** When a refused station may come again, spread so that not all of them come at once. */
export function retryAfter(
  parts: Parameters<typeof spreadSeconds>[0],
  { status, retryAfterSeconds }: HandshakeRefusal,
): number | undefined {
  const seconds = retryAfterSeconds ?? retrySeconds[status];
  return seconds === undefined ? undefined : spreadSeconds(parts, seconds, "retry");
}

function extraHeaders({ status, retryAfterSeconds }: HandshakeRefusal): string {
  const challenge = 'WWW-Authenticate: Basic realm="OCPP", charset="UTF-8"\r\n';
  const again = retryAfterSeconds === undefined ? "" : `Retry-After: ${retryAfterSeconds}\r\n`;
  return (status === 401 ? challenge : "") + again;
}

/** For a peer to read the refusal and to close its side. */
const lingerMs = 1_000;

/** Answers a handshake with a plain HTTP answer and ends its socket, whatever the peer does. */
export function refuseHandshake(
  socket: Duplex,
  refusal: HandshakeRefusal & { readonly url: string },
  clock: Clock,
): void {
  if (socket.destroyed) return;
  const { status, reason, url } = refusal;
  const body = `${reason}\nThe URL for this station: ${url}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      "Connection: close\r\n" +
      "Content-Type: text/plain; charset=utf-8\r\n" +
      `${extraHeaders(refusal)}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  // What nobody reads would make the kernel throw the answer away; who never closes is cut off.
  socket.resume();
  const cancel = clock.after(lingerMs, () => socket.destroy());
  socket.once("close", cancel);
}
