// The WebSocket server of stations: handshakes, signs of life, the end of sockets.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Bus, EventStore } from "#bus";
import type { StationKey } from "#core";
import type { StationConnection } from "../rpc/connection.ts";
import { type ConnectionAttempts, createConnectionAttempts } from "./attempts.ts";
import { closeAll } from "./draining.ts";
import { type Admitted, admit, type HandshakeParts, turnAway } from "./handshakes.ts";
import { createLiveness, lastSeenAt } from "./liveness.ts";
import { attach, onSocketError, StationSocket } from "./station-socket.ts";
import { createTakeovers } from "./takeovers.ts";

/** What the gateway works with. */
export interface GatewayParts extends Omit<HandshakeParts, "attempts" | "takeovers"> {
  readonly server: Server;
  readonly bus: Bus;
  readonly store: Pick<EventStore, "connect" | "disconnect" | "findCredential" | "seen">;
}

/** A station's connection as others may see it. */
export interface ConnectionState {
  readonly connected: boolean;
  readonly since: string;
  readonly lastSeenAt: string;
  readonly protocol: string;
  readonly address: string;
  readonly epoch: number;
}

export interface Gateway {
  readonly attempts: ConnectionAttempts;
  readonly connections: {
    of(key: StationKey): ConnectionState | undefined;
    readonly size: number;
  };
  /** Closes a station's socket; false if it has none here. */
  disconnect(key: StationKey, reason: string): boolean;
  /** Explains a plain HTTP request where a WebSocket handshake belongs. */
  refusePlain(request: IncomingMessage, response: ServerResponse): void;
  /** Stops accepting, finishes calls in flight, closes all sockets with 1012. */
  drain(): Promise<void>;
}

const goingAway = 1001;

export function createGateway(given: GatewayParts): Gateway {
  const { server, rpc, clock, limits, log, store } = given;
  const attempts = createConnectionAttempts(clock, limits);
  const parts = { ...given, attempts, takeovers: createTakeovers(clock, limits) };
  const liveness = createLiveness(given);
  const webSockets = createWebSockets(limits.frameBytesMax);
  let inFlight = 0;
  let draining = false;
  // Who never finishes a request's head gets no farther than this.
  server.headersTimeout = limits.handshakeMs;
  server.on("upgrade", onUpgrade);

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", onSocketError);
    if (draining || inFlight >= limits.handshakesInFlightMax) {
      const reason = draining ? "Motown is being restarted." : "Too many stations come in at once.";
      turnAway(parts, request, { socket, refused: { status: 503, reason } });
      return;
    }
    inFlight += 1;
    const cancel = clock.after(limits.handshakeMs, () => socket.destroy());
    void handshake(request, socket, head).finally(() => {
      cancel();
      inFlight -= 1;
    });
  }

  async function handshake(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    try {
      const admitted = await admit(parts, request);
      if ("status" in admitted) turnAway(parts, request, { socket, refused: admitted });
      else if (!upgrade(admitted, { request, socket, head })) forget(admitted);
    } catch (error) {
      log.error("A handshake failed", { url: request.url, error });
      const reason = "Motown cannot take in stations at the moment.";
      turnAway(parts, request, { socket, refused: { status: 503, reason } });
    }
  }

  /** Makes a WebSocket of the socket; false if it went away in the meantime. */
  function upgrade(
    admitted: Admitted,
    raw: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
  ): boolean {
    const { request, socket, head } = raw;
    if (socket.destroyed || draining) {
      socket.destroy();
      return false;
    }
    // Set as chosen: what the station wrote may be no list that `ws` can read.
    const { headers } = request;
    if (admitted.offered) headers["sec-websocket-protocol"] = admitted.version.protocol;
    else delete headers["sec-websocket-protocol"];
    let upgraded = false;
    webSockets.handleUpgrade(request, socket, head, (ws) => {
      upgraded = true;
      socket.off("error", onSocketError);
      welcome(ws, admitted);
    });
    return upgraded;
  }

  function welcome(ws: WebSocket, admitted: Admitted): void {
    ws.on("error", onSocketError);
    const socket = new StationSocket(ws, limits.sendBufferBytesMax);
    const connection = rpc.open({ ...admitted, socket });
    if (connection === undefined) {
      forget(admitted);
      return;
    }
    attach(ws, { connection, onEnd });
    liveness.add(connection, socket);
    const { stationId, epoch, version, address } = admitted;
    const { protocol } = version;
    log.debug("A station has connected", { station: stationId, epoch, protocol, address });
  }

  function onEnd(connection: StationConnection): void {
    rpc.ended(connection);
    liveness.remove(connection);
    forget(connection);
    log.debug("A station has disconnected", { station: connection.stationId });
  }

  function forget({ key, epoch }: Pick<Admitted, "key" | "epoch">): void {
    store.disconnect({ station: key, epoch, at: clock.now() }).catch((error: unknown) => {
      log.warn("The end of a connection could not be kept", { station: key, epoch, error });
    });
  }

  return {
    attempts,
    connections: {
      of: (key) => {
        const connection = rpc.current(key);
        return connection && stateOf(parts, connection);
      },
      get size() {
        return rpc.size;
      },
    },
    disconnect: (key, reason) => {
      const connection = rpc.current(key);
      connection?.close(goingAway, reason);
      return connection !== undefined;
    },
    refusePlain: (request, response) => {
      const reason = "Stations connect with a WebSocket handshake (Connection: Upgrade).";
      const { url } = turnAway(parts, request, { refused: { status: 400, reason } });
      response.writeHead(426, {
        "content-type": "text/plain; charset=utf-8",
        upgrade: "websocket",
      });
      response.end(`${reason}\nThe URL for this station: ${url}\n`);
    },
    drain: async () => {
      draining = true;
      await closeAll({ clock, limits, dice: given.dice, rpc, liveness });
      liveness.stop();
    },
  };
}

function createWebSockets(maxPayload: number): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
}

function stateOf(parts: HandshakeParts, connection: StationConnection): ConnectionState {
  const { since, version, address, epoch } = connection;
  const seen = lastSeenAt(parts.clock, connection);
  return { connected: true, since, lastSeenAt: seen, protocol: version.protocol, address, epoch };
}
