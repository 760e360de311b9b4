import { WebSocket } from "ws";
import { limits } from "../limits.ts";

/** What a station needs of a socket; a test or a simulation brings its own. */
export interface StationSocket {
  send(text: string): void;
  ping(): void;
  /** Says good-bye. */
  close(): void;
  /** Pulls the plug. */
  terminate(): void;
}

/** What happens to a socket. `closed` comes once, and last. */
export interface SocketEvents {
  opened(protocol: string): void;
  message(text: string): void;
  closed(why: string): void;
}

/** Where a socket goes, and as whom. */
export interface Destination {
  readonly url: string;
  readonly stationId: string;
  readonly password?: string;
}

/** Opens a socket to the CSMS. */
export type SocketFactory = (to: Destination, events: SocketEvents) => StationSocket;

/** A socket of the real network. */
export const webSocketTo: SocketFactory = ({ url, stationId, password }, events) => {
  const basic = Buffer.from(`${stationId}:${password}`).toString("base64");
  const socket = new WebSocket(`${url}/${encodeURIComponent(stationId)}`, ["ocpp1.6"], {
    perMessageDeflate: false,
    handshakeTimeout: limits.handshakeMs,
    ...(password === undefined ? {} : { headers: { authorization: `Basic ${basic}` } }),
  });
  let why = "";
  socket.on("open", () => events.opened(socket.protocol));
  socket.on("message", (bytes) => events.message(String(bytes)));
  // Node reports a refused connection with an empty message and a code.
  socket.on("error", (error: NodeJS.ErrnoException) => {
    why = error.message || error.code || "error";
  });
  socket.on("close", (code, reason) => events.closed(why || `${code} ${reason}`.trim()));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    ping: () => {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    },
    close: () => socket.close(1000),
    terminate: () => socket.terminate(),
  };
};
