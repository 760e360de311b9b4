import type { EventEmitter } from "node:events";
import type { Dice } from "./dice.ts";
import { type ClientEvents, calm, Link, type Weather, type WireWatch } from "./link.ts";
import type { Timeline } from "./timeline.ts";

/** Where a node listens: what the gateway takes for an HTTP server. */
export interface Door {
  readonly name: string;
  /** Undefined while nobody listens. */
  readonly server: EventEmitter | undefined;
  /** The machine is off: not even a refusal comes back. */
  readonly dark: boolean;
  /** Waits where the process that is there now stands still. */
  readonly awake: (run: () => void) => void;
}

/** Who wants to connect. */
export interface Caller {
  readonly stationId: string;
  readonly protocol: string;
  readonly password?: string | undefined;
}

/** All connections between stations and nodes, and the walls between them. */
export class Network {
  readonly weather: Weather = { ...calm };
  readonly #links = new Set<Link>();
  readonly #walls = new Set<string>();
  readonly #parts: {
    readonly timeline: Timeline;
    readonly dice: Dice;
    readonly watch: WireWatch;
    readonly struck: (fault: string) => void;
  };
  #count = 0;

  constructor(parts: {
    readonly timeline: Timeline;
    readonly dice: Dice;
    readonly watch: WireWatch;
    readonly struck: (fault: string) => void;
  }) {
    this.#parts = parts;
  }

  /** Connections that at least one end believes in. */
  get links(): readonly Link[] {
    for (const link of this.#links) if (link.isOver) this.#links.delete(link);
    return [...this.#links];
  }

  /** No frame gets from here to there any more, and no new connection. */
  wall(stationId: string, node: string): void {
    this.#walls.add(`${stationId} ${node}`);
    for (const link of this.links) {
      if (link.stationId === stationId && link.node === node) link.darken();
    }
  }

  /** All walls fall. */
  open(): void {
    this.#walls.clear();
  }

  /** A new connection; it is open once the node has answered the handshake. */
  connect(caller: Caller, door: Door, events: ClientEvents): Link {
    const { timeline, dice } = this.#parts;
    this.#count += 1;
    const { stationId } = caller;
    const parts = { ...this.#parts, id: this.#count, node: door.name, stationId, events };
    const link = new Link({ ...parts, weather: this.weather });
    this.#links.add(link);
    timeline.after(dice.real(...this.weather.latencyMs), () => {
      const walled = this.#walls.has(`${stationId} ${door.name}`);
      const { server, awake } = door;
      if (walled || door.dark) link.darken();
      else if (server === undefined) link.sever({ quietly: false });
      else {
        link.servedBy(awake);
        const request = requestOf(caller, link);
        awake(() => server.emit("upgrade", request, link.server, Buffer.alloc(0)));
      }
    });
    return link;
  }
}

/** The handshake, as Node's HTTP parser would hand it over. */
function requestOf({ stationId, protocol, password }: Caller, link: Link) {
  const login = Buffer.from(`${stationId}:${password}`).toString("base64");
  return {
    method: "GET",
    url: `/ocpp/${encodeURIComponent(stationId)}`,
    socket: link.server,
    headers: {
      host: "csms.example",
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-version": "13",
      "sec-websocket-key": "c2ltdWxhdGlvbiBvZiBtdA==",
      "sec-websocket-protocol": protocol,
      ...(password === undefined ? {} : { authorization: `Basic ${login}` }),
    },
  };
}
