import type { EventEnvelope } from "#core";
import type { Limits } from "#limits";
import { decode, UnknownEvent, type Upcasts } from "./commands/codec.ts";
import type { StreamStates } from "./commands/stream-states.ts";
import type { EventBus, EventListener } from "./execution.ts";
import type { Clock, Log } from "./ports/environment.ts";
import type { EventStore, StoredEvent } from "./ports/event-store.ts";

/** The event bus of one node, with the doors through which events come in. */
export interface LocalEventBus extends EventBus {
  /** Takes what this node has just committed. At once, unless something before it is missing. */
  publish(firstPosition: number, events: readonly EventEnvelope[]): void;
  /** Resolves when listeners have met a position, or when that takes too long. */
  passed(position: number): Promise<void>;
  /**
   * Resolves when all is heard that any node had committed two looks at the log ago (`tailPollMs`),
   * or when that takes too long; undefined: it is so. A node that stood still would go on with what
   * it knew.
   */
  recent(): Promise<void> | undefined;
  /** From here on, what other nodes commit is heard, too: the log is looked at by itself. */
  follow(): Promise<void>;
  /** The log has grown to this position, says another node. */
  grown(position: number): void;
  stop(): void;
  /** Commits that wait for what is before them. */
  readonly behind: number;
}

interface EventBusParts {
  readonly store: Pick<EventStore, "readAll" | "head">;
  readonly states: Pick<StreamStates, "heard" | "forget">;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly upcasts?: Upcasts;
}

/** Committed here, behind something that was not read yet. */
interface Own {
  readonly first: number;
  readonly events: readonly EventEnvelope[];
}

/**
 * Hands out events in the order of their commit. Listeners are called at once, in the order of
 * their subscription; one that throws is reported.
 */
export function createEventBus(parts: EventBusParts): LocalEventBus {
  return new OrderedEventBus(parts);
}

class OrderedEventBus implements LocalEventBus {
  readonly #parts: EventBusParts;
  readonly #listeners = new Set<EventListener>();
  readonly #ownListeners = new Set<EventListener>();
  /** Position that comes next; 0: the first that comes says where it begins. */
  #next = 0;
  /** Where it began: what was committed here before that, nobody has handed out. */
  #since = 0;
  /** As far as the log is known to go. */
  #known = 0;
  /** By position. */
  #behind: Own[] = [];
  readonly #waiting = new Set<{ readonly position: number; readonly met: () => void }>();
  /** All that was committed by then has been heard. */
  #recentMs = 0;
  readonly #waitingForRecent = new Set<() => void>();
  #isReading = false;
  #isRung = false;
  #isInTrouble = false;
  #isFollowing = false;
  #isStopped = false;
  #cancelLook: (() => void) | undefined;

  constructor(parts: EventBusParts) {
    this.#parts = parts;
  }

  get behind(): number {
    return this.#behind.length;
  }

  subscribe(listener: EventListener): () => void {
    return added(this.#listeners, listener);
  }

  subscribeOwn(listener: EventListener): () => void {
    return added(this.#ownListeners, listener);
  }

  publish(first: number, events: readonly EventEnvelope[]): void {
    if (events.length === 0) return;
    if (this.#next === 0) {
      this.#next = first;
      this.#since = first;
    }
    if (first === this.#next) {
      this.#handOut({ first, events });
      if (this.#behind.length > 0 || this.#waiting.size > 0) this.#settle();
    } else if (first > this.#next) this.#keep({ first, events });
    else this.#late({ first, events });
  }

  passed(position: number): Promise<void> {
    if (this.#next > position) return Promise.resolve();
    const { clock, limits } = this.#parts;
    return new Promise((resolve) => {
      const met = () => {
        cancel();
        this.#waiting.delete(waiting);
        resolve();
      };
      const waiting = { position, met };
      const cancel = clock.after(limits.tailWaitMs, met);
      this.#waiting.add(waiting);
      this.grown(position);
    });
  }

  recent(): Promise<void> | undefined {
    const { clock, limits } = this.#parts;
    if (!this.#isFollowing || this.#isStopped || this.#isRecent()) return undefined;
    return new Promise((resolve) => {
      const met = () => {
        cancel();
        this.#waitingForRecent.delete(met);
        resolve();
      };
      const cancel = clock.after(limits.tailWaitMs, met);
      this.#waitingForRecent.add(met);
      this.#ring();
    });
  }

  async follow(): Promise<void> {
    this.#recentMs = this.#parts.clock.monotonicMs();
    const head = await this.#parts.store.head();
    if (this.#next === 0) this.#next = head + 1;
    if (this.#since === 0) this.#since = this.#next;
    this.#isFollowing = true;
    this.#ring();
  }

  grown(position: number): void {
    this.#known = Math.max(this.#known, position);
    if (this.#next > 0 && position >= this.#next) this.#ring();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelLook?.();
    for (const { met } of [...this.#waiting]) met();
    for (const met of [...this.#waitingForRecent]) met();
  }

  #handOut(own: Own): void {
    this.#next = own.first + own.events.length;
    this.#tell(this.#listeners, own.events);
    this.#tell(this.#ownListeners, own.events);
  }

  /** Whoever waits too long is dropped from memory: the log has it, too. */
  #keep(own: Own): void {
    if (this.#behind.length < this.#parts.limits.tailBehindMax) {
      const after = this.#behind.findIndex(({ first }) => first > own.first);
      this.#behind.splice(after < 0 ? this.#behind.length : after, 0, own);
    } else this.#tell(this.#ownListeners, own.events);
    this.grown(own.first + own.events.length - 1);
  }

  /** It was read before whoever committed it was told; what has come since is not known here. */
  #late(own: Own): void {
    if (own.first < this.#since) this.#tell(this.#listeners, own.events);
    else for (const { stream } of own.events) this.#parts.states.forget(stream);
    this.#tell(this.#ownListeners, own.events);
  }

  /** Hands out what waited, as far as nothing is missing before it. */
  #settle(): void {
    for (let own = this.#behind[0]; own !== undefined; own = this.#behind[0]) {
      if (own.first > this.#next) break;
      this.#behind.shift();
      if (own.first === this.#next) this.#handOut(own);
      else this.#late(own);
    }
    for (const { position, met } of [...this.#waiting]) if (position < this.#next) met();
  }

  #ring(): void {
    this.#isRung = true;
    if (this.#isReading || this.#isStopped) return;
    this.#isReading = true;
    this.#cancelLook?.();
    this.#cancelLook = undefined;
    this.#read()
      .then(
        () => this.#isWell(),
        (error: unknown) => this.#isIll(error),
      )
      .finally(() => {
        this.#isReading = false;
        // Rung when the last page had just been taken.
        if (this.#isRung && !this.#isInTrouble) this.#ring();
        else this.#lookLater();
      });
  }

  async #read(): Promise<void> {
    const { store, limits, clock } = this.#parts;
    const limit = limits.tailPageEvents;
    for (let isMore = true; isMore && !this.#isStopped; ) {
      this.#isRung = false;
      const lookedMs = clock.monotonicMs();
      const page = await store.readAll({ after: this.#next - 1, limit });
      if (this.#isStopped) return;
      this.#take(page);
      isMore = page.length === limit || this.#isRung;
      if (page.length < limit) this.#recentMs = lookedMs;
      // A page may have come from before a standstill.
      if (this.#isRecent()) for (const met of [...this.#waitingForRecent]) met();
    }
  }

  /** Between two looks it is as old as that, and a look takes its time. */
  #isRecent(): boolean {
    const { clock, limits } = this.#parts;
    return clock.monotonicMs() - this.#recentMs <= 2 * limits.tailPollMs;
  }

  /** What is here already was committed here, while the log was being read. */
  #take(page: readonly StoredEvent[]): void {
    let fresh: EventEnvelope[] = [];
    const handOn = () => {
      if (fresh.length > 0) this.#tell(this.#listeners, fresh);
      fresh = [];
    };
    for (const stored of page) {
      if (stored.position < this.#next) continue;
      if (stored.position === this.#behind[0]?.first) {
        handOn();
        this.#settle();
        continue;
      }
      this.#next = stored.position + 1;
      const event = this.#decoded(stored);
      if (event === undefined) continue;
      this.#parts.states.heard(event);
      fresh.push(event);
    }
    handOn();
    this.#settle();
  }

  #decoded(stored: StoredEvent): EventEnvelope | undefined {
    try {
      return decode(stored, this.#parts.upcasts);
    } catch (error) {
      if (!(error instanceof UnknownEvent)) throw error;
      this.#parts.log.error("An event of another node cannot be read", { error });
      this.#parts.states.forget(stored.stream);
      return undefined;
    }
  }

  #isWell(): void {
    this.#isInTrouble = false;
  }

  #isIll(error: unknown): void {
    if (!this.#isInTrouble) {
      this.#parts.log.error("The log could not be read on; trying again", { error });
    }
    this.#isInTrouble = true;
  }

  /** A wake-up may be lost, and a reading may fail. */
  #lookLater(): void {
    const isBehind = this.#behind.length > 0 || this.#known >= this.#next;
    if (this.#isStopped || !(this.#isFollowing || isBehind)) return;
    const { clock, limits } = this.#parts;
    this.#cancelLook = clock.after(limits.tailPollMs, () => this.#ring());
  }

  #tell(listeners: ReadonlySet<EventListener>, events: readonly EventEnvelope[]): void {
    for (const listener of listeners) {
      try {
        listener(events);
      } catch (error) {
        const { log } = this.#parts;
        log.error("A listener of the event bus failed", { error, event: events[0]?.type });
      }
    }
  }
}

function added<T>(set: Set<T>, one: T): () => void {
  set.add(one);
  return () => set.delete(one);
}
