import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/**
 * A WebSocket handshake in all but its `Connection: Upgrade`: Node takes it for a plain request.
 * Quirk: some stations leave the header out, or write `keep-alive` there.
 */
export function isAlmostUpgrade({ method, headers }: IncomingMessage): boolean {
  return (
    method === "GET" &&
    headers.upgrade?.toLowerCase() === "websocket" &&
    headers["sec-websocket-key"] !== undefined
  );
}

/** Listeners with which Node reads requests from a socket. That of its end puts the parser away. */
const readers = ["data", "end", "error", "drain", "timeout"];

/** Takes the socket of such a request away from HTTP, as Node itself does with an upgrade. */
export function takeOver(request: IncomingMessage, response: ServerResponse): Duplex {
  const { socket } = request;
  response.detachSocket(socket);
  for (const event of readers) socket.removeAllListeners(event);
  socket.setTimeout(0);
  request.headers.connection = "Upgrade";
  return socket;
}
