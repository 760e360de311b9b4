// The WebSocket server of stations: handshakes, signs of life, the end of sockets.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Bus, Cluster, EventStore, HeldConnection } from "#bus";
import type { StationKey } from "#core";
import type { StationConnection } from "../rpc/connection.ts";
import { isAlmostUpgrade, takeOver } from "./almost-upgrade.ts";
import { type Arrivals, watchArrivals } from "./arrivals.ts";
import { type ConnectionAttempts, createConnectionAttempts } from "./attempts.ts";
import { closeAll } from "./draining.ts";
import { type Admitted, admit, type HandshakeParts, turnAway } from "./handshakes.ts";
import { createIntake, type Intake } from "./intake.ts";
import { createLiveness, type Liveness, lastSeenAt } from "./liveness.ts";
import { createNeighbours } from "./neighbours.ts";
import { createPacing } from "./pacing.ts";
import { attach, onSocketError, type Pace, StationSocket } from "./station-socket.ts";
import { createSuspects } from "./suspects.ts";
import { createTakeovers } from "./takeovers.ts";
import { createHandshakesUnderWay } from "./under-way.ts";

/** What the gateway works with. */
export interface GatewayParts
  extends Omit<HandshakeParts, "attempts" | "neighbours" | "suspects" | "takeovers"> {
  readonly server: Server;
  readonly bus: Bus;
  readonly store: Pick<
    EventStore,
    "connect" | "connections" | "disconnect" | "findCredential" | "seen"
  >;
  /** Other nodes, where there are any. */
  readonly cluster?: Cluster | undefined;
}

/** A handshake as the HTTP server hands it over. */
interface RawHandshake {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  /** It lacks `Connection: Upgrade`. */
  readonly almost?: true;
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
  readonly arrivals: Arrivals;
  readonly connections: {
    of(key: StationKey): ConnectionState | undefined;
    /** Those that other nodes hold. */
    elsewhere(keys: readonly StationKey[]): Promise<readonly HeldConnection[]>;
    readonly size: number;
    /** Stations that came here from another node, which had not seen them go. */
    readonly takenOver: number;
  };
  /** Closes a station's socket, wherever it is; false if it has none. */
  disconnect(key: StationKey, reason: string): Promise<boolean>;
  /**
   * Explains a plain HTTP request where a WebSocket handshake belongs. One that lacks nothing but
   * `Connection: Upgrade` is served, unless the station is strict.
   */
  refusePlain(request: IncomingMessage, response: ServerResponse): void;
  /** Stops accepting, finishes calls in flight, closes all sockets with 1012. */
  drain(): Promise<void>;
}

const goingAway = 1001;
/** Different sizes of frames by quirks; beyond, they are set up anew. */
const sizesMax = 50;

export function createGateway(parts: GatewayParts): Gateway {
  return new WebSocketGateway(parts);
}

class WebSocketGateway implements Gateway {
  readonly attempts: ConnectionAttempts;
  readonly arrivals: Arrivals;
  readonly connections: Gateway["connections"];
  readonly #parts: GatewayParts & HandshakeParts;
  readonly #liveness: Liveness;
  readonly #pace: Pace;
  readonly #intake: Intake;
  readonly #underWay = createHandshakesUnderWay();
  /** By the bytes that a frame may have: the limit, and what quirks say. */
  readonly #webSockets = new Map<number, WebSocketServer>();
  #inFlight = 0;
  #draining = false;

  constructor(given: GatewayParts) {
    const { server, rpc, clock, limits } = given;
    this.attempts = createConnectionAttempts(clock, limits);
    this.arrivals = watchArrivals(server, given);
    const takeovers = createTakeovers(clock, limits);
    const suspects = createSuspects(clock, limits);
    const neighbours = createNeighbours(given);
    this.#parts = { ...given, attempts: this.attempts, suspects, takeovers, neighbours };
    this.#pace = { clock, pacing: createPacing(clock, limits) };
    this.#liveness = createLiveness(given);
    this.#intake = createIntake(this.#liveness.buffers);
    this.connections = {
      of: (key) => {
        const connection = rpc.current(key);
        return connection && stateOf(given, connection);
      },
      elsewhere: neighbours.connections,
      get size() {
        return rpc.size;
      },
      get takenOver() {
        return neighbours.takenOver;
      },
    };
    given.cluster?.answer({
      connections: async ({ stations }) => stations.flatMap((key) => this.#held(key)),
      disconnect: async ({ station, reason }) => this.#close(station, reason),
    });
    // Who never finishes a request's head gets no farther than this.
    server.headersTimeout = limits.handshakeMs;
    server.on("upgrade", (request, socket, head) => this.#onUpgrade({ request, socket, head }));
  }

  async disconnect(key: StationKey, reason: string): Promise<boolean> {
    return this.#close(key, reason) || this.#parts.neighbours.disconnect(key, reason);
  }

  #held(station: StationKey): readonly HeldConnection[] {
    const state = this.connections.of(station);
    return state === undefined ? [] : [{ station, ...state }];
  }

  #close(key: StationKey, reason: string): boolean {
    const connection = this.#parts.rpc.current(key);
    connection?.close(goingAway, reason);
    return connection !== undefined;
  }

  refusePlain(request: IncomingMessage, response: ServerResponse): void {
    if (isAlmostUpgrade(request)) {
      const socket = takeOver(request, response);
      this.#onUpgrade({ request, socket, head: Buffer.alloc(0), almost: true });
      return;
    }
    const { elsewhere } = this.#parts.settings;
    if (elsewhere !== undefined) {
      turnAway(this.#parts, request, { refused: { status: 503, reason: elsewhere } });
      response.writeHead(503, { "content-type": "text/plain; charset=utf-8" });
      response.end(`${elsewhere}\n`);
      return;
    }
    const reason = "Stations connect with a WebSocket handshake (Connection: Upgrade).";
    const { url } = turnAway(this.#parts, request, { refused: { status: 400, reason } });
    response.writeHead(426, { "content-type": "text/plain; charset=utf-8", upgrade: "websocket" });
    response.end(`${reason}\nThe URL for this station: ${url}\n`);
  }

  async drain(): Promise<void> {
    this.#draining = true;
    await closeAll({ ...this.#parts, liveness: this.#liveness });
    this.#liveness.stop();
  }

  #onUpgrade(raw: RawHandshake): void {
    const { clock, limits } = this.#parts;
    const { request, socket } = raw;
    socket.on("error", onSocketError);
    const { elsewhere } = this.#parts.settings;
    const isFull = this.#inFlight >= limits.handshakesInFlightMax;
    if (elsewhere !== undefined || this.#draining || isFull) {
      const reason =
        elsewhere ??
        (this.#draining ? "Motown is being restarted." : "Too many stations come in at once.");
      turnAway(this.#parts, request, { socket, refused: { status: 503, reason } });
      return;
    }
    this.#inFlight += 1;
    const cancel = clock.after(limits.handshakeMs, () => socket.destroy());
    void this.#handshake(raw).finally(() => {
      cancel();
      this.#inFlight -= 1;
    });
  }

  async #handshake(raw: RawHandshake): Promise<void> {
    const { request, socket, almost } = raw;
    const underWay = this.#underWay.enter(socket);
    try {
      const admitted = await admit(this.#parts, request, { underWay, almost }).finally(() =>
        underWay.leave(),
      );
      if ("status" in admitted) turnAway(this.#parts, request, { socket, refused: admitted });
      else if (!this.#upgrade(admitted, raw)) this.#forget(admitted);
    } catch (error) {
      this.#parts.log.error("A handshake failed", { url: request.url, error });
      const reason = "Motown cannot take in stations at the moment.";
      turnAway(this.#parts, request, { socket, refused: { status: 503, reason } });
    }
  }

  /** Makes a WebSocket of the socket; false if it went away in the meantime. */
  #upgrade(admitted: Admitted, { request, socket, head, almost }: RawHandshake): boolean {
    if (socket.destroyed || this.#draining) {
      socket.destroy();
      return false;
    }
    // Set as chosen: what the station wrote may be no list that `ws` can read.
    const { headers } = request;
    if (admitted.offered) headers["sec-websocket-protocol"] = admitted.version.protocol;
    else delete headers["sec-websocket-protocol"];
    let upgraded = false;
    this.#webSocketsFor(admitted).handleUpgrade(request, socket, head, (ws) => {
      upgraded = true;
      socket.off("error", onSocketError);
      this.#welcome(ws, { admitted, stream: socket });
      if (almost) this.#parts.rpc.current(admitted.key)?.isOdd("connectionUpgradeMissing");
    });
    return upgraded;
  }

  #webSocketsFor({ quirks }: Admitted): WebSocketServer {
    const { limits } = this.#parts;
    const most = quirks.receivedFrameBytesMax ?? limits.frameBytesMax;
    const known = this.#webSockets.get(most);
    if (known !== undefined) return known;
    if (this.#webSockets.size >= sizesMax) this.#webSockets.clear();
    const made = createWebSockets(limits, most);
    this.#webSockets.set(most, made);
    return made;
  }

  #welcome(ws: WebSocket, { admitted, stream }: { admitted: Admitted; stream: Duplex }): void {
    const { rpc, limits, log } = this.#parts;
    ws.on("error", onSocketError);
    const socket = new StationSocket(ws, { stream, bufferMax: limits.sendBufferBytesMax });
    const connection = rpc.open({ ...admitted, socket });
    if (connection === undefined) {
      this.#forget(admitted);
      return;
    }
    this.#parts.suspects.came(admitted.address);
    this.#intake.portion(stream, socket);
    attach(ws, { connection, socket, pace: this.#pace, onEnd: this.#onEnd });
    this.#liveness.add(connection, socket, admitted.quirks);
    const { stationId, epoch, version, address } = admitted;
    const { protocol } = version;
    log.debug("A station has connected", { station: stationId, epoch, protocol, address });
  }

  readonly #onEnd = (connection: StationConnection): void => {
    this.#parts.rpc.ended(connection);
    this.#liveness.remove(connection);
    this.#parts.suspects.left(connection.address);
    this.#forget(connection);
    this.#parts.log.debug("A station has disconnected", { station: connection.stationId });
  };

  #forget({ key, epoch }: Pick<Admitted, "key" | "epoch">): void {
    const { store, clock, log } = this.#parts;
    store.disconnect({ station: key, epoch, at: clock.now() }).catch((error: unknown) => {
      log.warn("The end of a connection could not be kept", { station: key, epoch, error });
    });
  }
}

function createWebSockets(limits: GatewayParts["limits"], maxPayload: number): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    maxBufferedChunks: limits.frameChunksMax,
    maxFragments: limits.frameFragmentsMax,
    // Its types do not know it yet.
    ...{ closeTimeout: limits.closeMs },
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
}

function stateOf(parts: GatewayParts, connection: StationConnection): ConnectionState {
  const { since, version, address, epoch } = connection;
  const seen = lastSeenAt(parts.clock, connection);
  return { connected: true, since, lastSeenAt: seen, protocol: version.protocol, address, epoch };
}
