import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Why a handshake is refused. */
export interface HandshakeRefusal {
  readonly status: 400 | 401 | 403 | 404 | 429 | 503;
  /** In words, for whoever sets the station up. */
  readonly reason: string;
}

const extraHeaders: Partial<Record<HandshakeRefusal["status"], string>> = {
  401: 'WWW-Authenticate: Basic realm="OCPP", charset="UTF-8"\r\n',
  429: "Retry-After: 60\r\n",
  503: "Retry-After: 10\r\n",
};

/** Answers a handshake with a plain HTTP answer and ends its socket. */
export function refuseHandshake(
  socket: Duplex,
  { status, reason, url }: HandshakeRefusal & { readonly url: string },
): void {
  if (socket.destroyed) return;
  const body = `${reason}\nThe URL for this station: ${url}\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      "Connection: close\r\n" +
      "Content-Type: text/plain; charset=utf-8\r\n" +
      `${extraHeaders[status] ?? ""}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
