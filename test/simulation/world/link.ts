// One TCP connection between a station and a node, with all that can happen to it on its way.
import type { Dice } from "./dice.ts";
import { clientFrame, type FrameKind, FrameReader } from "./frames.ts";
import { ServerEnd } from "./server-end.ts";
import type { Timeline } from "./timeline.ts";

/** What the network does to frames at this moment: chances from 0 to 1, and how long they take. */
export interface Weather {
  lose: number;
  double: number;
  swap: number;
  cut: number;
  latencyMs: readonly [number, number];
}

/** Good weather: nothing is lost, everything is quick. */
export const calm: Readonly<Weather> = { lose: 0, double: 0, swap: 0, cut: 0, latencyMs: [1, 5] };

/** What a station hears of its socket. `closed` comes once, and last. */
export interface ClientEvents {
  opened(): void;
  message(text: string): void;
  closed(why: string): void;
}

/** Who watches what goes over the wire. */
export interface WireWatch {
  /** A text has reached the node's end. */
  arrived(link: Link, text: string): void;
  /** A text has left the node. */
  said(link: Link, text: string): void;
  /** The node can say nothing more on it. */
  over(link: Link): void;
}

/** What a link works with. */
export interface LinkParts {
  readonly id: number;
  readonly stationId: string;
  readonly node: string;
  readonly timeline: Timeline;
  readonly dice: Dice;
  readonly weather: Weather;
  readonly watch: WireWatch;
  readonly events: ClientEvents;
  readonly struck: (fault: string) => void;
}

type Way = "up" | "down";

export class Link {
  readonly id: number;
  readonly stationId: string;
  readonly node: string;
  readonly server: ServerEnd;
  readonly #parts: LinkParts;
  readonly #reader = new FrameReader();
  readonly #lastAt = { up: 0, down: 0 };
  readonly #held: { up?: (() => void) | undefined; down?: (() => void) | undefined } = {};
  readonly #untaken: (() => void)[] = [];
  /** What leaves the node now was written there at this time or later. */
  writtenSince = 0;
  #stalledAt = 0;
  #releasedAt = -1;
  /** Waits where the node's process stands still. */
  #awake: (run: () => void) => void = (run) => run();
  #reading = true;
  #isOpen = false;
  #clientGone = false;
  #serverGone = false;
  /** The process at the other end is dead: nothing of it gets out any more. */
  #severed = false;
  /** Nothing arrives, and nobody knows. */
  #dark = false;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.id = parts.id;
    this.stationId = parts.stationId;
    this.node = parts.node;
    this.server = new ServerEnd({
      address: `10.0.0.${parts.id % 250}`,
      written: (bytes, taken) => this.#written(bytes, taken),
      gone: () => this.#serverLeft(),
    });
  }

  /** Whether the station may speak on it. */
  get isOpen(): boolean {
    return this.#isOpen && !this.#clientGone;
  }

  /** The node's end is over, and the station's as well, or it will never hear of that. */
  get isOver(): boolean {
    return (this.#clientGone || this.#dark) && (this.#serverGone || this.#severed);
  }

  /** From now on a process is at the other end. */
  servedBy(awake: (run: () => void) => void): void {
    this.#awake = awake;
  }

  send(text: string): void {
    this.#up("text", text);
  }

  sendBinary(bytes: Buffer): void {
    this.#up("binary", bytes);
  }

  ping(): void {
    this.#up("ping", "");
  }

  /** Sends half a frame; the rest never comes, since the connection breaks. */
  sendHalf(text: string): void {
    const whole = clientFrame("text", text);
    const half = whole.subarray(0, Math.ceil(whole.length / 2));
    this.#carry("up", () => this.#awake(() => this.server.arrive(half)));
    this.reset("the connection broke in the middle of a frame");
  }

  /** The station says good-bye. */
  close(): void {
    if (this.#clientGone) return;
    this.#up("close", Buffer.from([3, 232]));
    this.#clientLeft("closed by the station");
  }

  /** The station's end is gone at once; the node hears of it. */
  reset(why: string): void {
    if (this.#clientGone) return;
    const broken = () => this.server.destroy(new Error("ECONNRESET"));
    this.#carry("up", () => this.#awake(broken));
    this.#clientLeft(why);
  }

  /** The station forgets the connection, and the node hears nothing of it. */
  abandon(): void {
    this.#dark = true;
    this.#clientLeft("abandoned");
  }

  /** From now on nothing arrives at either end, and neither is told. */
  darken(): void {
    this.#dark = true;
  }

  /** The node's process is dead. With `quietly`, its machine is, and nobody tells the station. */
  sever({ quietly }: { readonly quietly: boolean }): void {
    if (this.#severed) return;
    this.#severed = true;
    this.#over();
    if (quietly) this.darken();
    else this.#carry("down", () => this.#clientLeft("connection reset"));
  }

  /** Whether the station reads: what it does not read fills the node's buffers. */
  set reading(reads: boolean) {
    this.#reading = reads;
    if (reads) for (const taken of this.#untaken.splice(0)) this.#awake(taken);
  }

  #up(kind: FrameKind, content: string | Buffer): void {
    if (this.#clientGone) return;
    const { watch } = this.#parts;
    const bytes = clientFrame(kind, content);
    const arrive = () => {
      if (this.#serverGone || this.#severed) return;
      if (kind === "text") watch.arrived(this, content as string);
      this.server.arrive(bytes);
    };
    this.#weathered("up", kind, () => this.#awake(arrive));
  }

  #written(bytes: Buffer, taken: () => void): void {
    if (this.#severed) return;
    const { now } = this.#parts.timeline;
    this.writtenSince = this.#releasedAt === now ? this.#stalledAt : now;
    if (this.#reading) taken();
    else this.#stall(taken);
    const before = this.#reader.status;
    const frames = this.#reader.take(bytes);
    const { status } = this.#reader;
    if (before === undefined && status !== undefined) this.#answered(status);
    for (const { kind, text } of frames) {
      if (kind === "text") this.#parts.watch.said(this, text);
      this.#weathered("down", kind, () => this.#heard(kind, text));
    }
  }

  /** The rest waits behind what the station has not read. */
  #stall(taken: () => void): void {
    const { timeline } = this.#parts;
    if (this.#untaken.length === 0) this.#stalledAt = timeline.now;
    this.#untaken.push(() => {
      this.#releasedAt = timeline.now;
      taken();
    });
  }

  #answered(status: number): void {
    this.#carry("down", () => {
      if (this.#clientGone) return;
      if (status !== 101) {
        this.#clientLeft(`refused with ${status}`);
        return;
      }
      this.#isOpen = true;
      this.#parts.events.opened();
    });
  }

  #heard(kind: FrameKind, text: string): void {
    if (this.#clientGone) return;
    if (kind === "text") this.#parts.events.message(text);
    else if (kind === "ping") this.#up("pong", "");
    else if (kind === "close") {
      this.#up("close", Buffer.from([3, 232]));
      this.#clientLeft("closed by the node");
    }
  }

  /** Texts suffer from the weather; what keeps the connection up does not. */
  #weathered(way: Way, kind: FrameKind, deliver: () => void): void {
    const { weather, dice, struck } = this.#parts;
    if (kind !== "text") {
      this.#carry(way, deliver);
      return;
    }
    if (dice.strikes(weather.lose)) {
      struck(`frame lost ${way}`);
      return;
    }
    if (dice.strikes(weather.cut)) {
      struck(`frame cut ${way}`);
      this.reset("the connection broke");
      return;
    }
    if (this.#held[way] === undefined && dice.strikes(weather.swap)) {
      struck(`frame reordered ${way}`);
      this.#held[way] = deliver;
      // Where nothing overtakes it, it is only late.
      this.#parts.timeline.after(dice.real(50, 5_000), () => this.#release(way));
      return;
    }
    this.#carry(way, deliver);
    if (dice.strikes(weather.double)) {
      struck(`frame doubled ${way}`);
      this.#carry(way, deliver);
    }
    this.#release(way);
  }

  #release(way: Way): void {
    const held = this.#held[way];
    this.#held[way] = undefined;
    if (held !== undefined) this.#carry(way, held);
  }

  #carry(way: Way, deliver: () => void): void {
    const { timeline, dice, weather } = this.#parts;
    const wanted = timeline.now + dice.real(...weather.latencyMs);
    const at = Math.max(wanted, this.#lastAt[way]);
    this.#lastAt[way] = at;
    timeline.after(at - timeline.now, () => {
      if (!this.#dark) deliver();
    });
  }

  #clientLeft(why: string): void {
    if (this.#clientGone) return;
    this.#clientGone = true;
    this.#isOpen = false;
    // Its system takes nothing more, nor does it hold anything back.
    this.reading = true;
    this.#parts.events.closed(why);
  }

  #serverLeft(): void {
    if (this.#serverGone || this.#severed) return;
    this.#serverGone = true;
    this.#over();
    this.#carry("down", () => this.#clientLeft("closed by the node"));
  }

  #over(): void {
    this.#parts.watch.over(this);
  }
}
