import { type EventEnvelope, type StreamName, stationOfStream, streams, systemActor } from "#core";
import { decode } from "../commands/codec.ts";
import { createMailboxes } from "../commands/mailboxes.ts";
import { positionOf } from "../cursor.ts";
import type { StoredEvent } from "../ports/event-store.ts";
import { type AddOnContext, workNameOf } from "./add-on.ts";
import { type AddOnParts, contextOf } from "./add-on-context.ts";

const pageSize = 200;
/** Positions that one read looks through for events of its types. */
const stretch = 20_000;
/** A person has judged what is parked: try it again, or leave it out. */
const judgements: readonly string[] = ["AddOnEventReleased", "AddOnEventSkipped"];
const system = systemActor("add-on-host");

interface Waiting {
  readonly partition: string;
  readonly cursor: string;
}

type Reaction = (event: EventEnvelope, context: AddOnContext) => Promise<void>;

/**
 * One add-on's reactions: from its checkpoint on, in order per station, each until it worked. What
 * fails too often is parked with what follows on its station; other stations go on.
 */
export class AddOnConsumer {
  readonly name: string;
  readonly #parts: AddOnParts;
  readonly #types: readonly string[];
  readonly #stream: StreamName;
  readonly #mailboxes = createMailboxes();
  /** Partition to the position of the event that waits there for a person. */
  readonly #parked = new Map<string, number>();
  #checkpoint = 0;
  /** It knows where it stands: before that, it has no place to keep. */
  #isPlaced = false;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  /** It was stopped with events before it that it has not reacted to. */
  #isCutShort = false;
  #cancelRetry = () => {};
  #unsubscribe = () => {};
  readonly #epoch: number | undefined;

  /** `epoch` of the lease under which it runs, where there are other nodes. */
  constructor(parts: AddOnParts, epoch?: number) {
    this.#parts = parts;
    this.#epoch = epoch;
    this.name = parts.addOn.name;
    this.#types = Object.keys(parts.addOn.on ?? {});
    this.#stream = streams.addOn(this.name);
  }

  async start(): Promise<void> {
    const { store, bus } = this.#parts;
    this.#checkpoint = await store.checkpoint(this.#consumer);
    this.#isPlaced = true;
    // From here on who held the lease before can save nothing any more.
    if (this.#epoch !== undefined) await this.#saveCheckpoint();
    await this.#recoverParked();
    // Ended while it began.
    if (this.#stopped) return;
    this.#unsubscribe = bus.events.subscribe((events) => this.#notice(events));
    this.wake();
  }

  /** There may be something to react to. */
  wake(): void {
    this.#again = true;
    if (this.#running !== undefined || this.#stopped || this.#types.length === 0) return;
    this.#cancelRetry();
    this.#running = this.#drain()
      .then(
        () => true,
        (error: unknown) => this.#retry(error),
      )
      .then((isWell) => {
        this.#running = undefined;
        // Woken after the last look at the log; asked now, in the turn that lets others wake it.
        if (isWell && this.#again) this.wake();
      });
  }

  /** Resolves when everything committed so far was reacted to. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Nothing that was missed is skipped: the checkpoint says how far it came. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#cancelRetry();
    await this.idle();
    if (this.#isPlaced) await this.#saveCheckpoint();
  }

  get #consumer(): string {
    return workNameOf(this.name);
  }

  /** The checkpoint has not moved: all is met again. */
  #retry(error: unknown): boolean {
    const { clock, limits, log } = this.#parts.environment;
    log.error("An add-on's consumer stands still and tries again", { addOn: this.name, error });
    if (!this.#stopped) {
      this.#cancelRetry = clock.after(limits.storeProbeMs, () => this.wake());
    }
    return false;
  }

  /** Refused: another node reacts now, and this one must not. */
  async #saveCheckpoint(): Promise<void> {
    const { store, environment } = this.#parts;
    const row = { consumer: this.#consumer, position: this.#checkpoint, epoch: this.#epoch };
    if ((await store.saveCheckpoint(row)) === "saved") return;
    this.#stopped = true;
    const fields = { addOn: this.name, epoch: this.#epoch };
    environment.log.warn("An add-on runs on another node now, and stops here", fields);
  }

  #notice(events: readonly EventEnvelope[]): void {
    if (events.some((event) => this.#types.includes(event.type) || this.#isJudgement(event))) {
      this.wake();
    }
  }

  #isJudgement({ stream, type }: { readonly stream: StreamName; readonly type: string }): boolean {
    return stream === this.#stream && judgements.includes(type);
  }

  async #drain(): Promise<void> {
    const { store } = this.#parts;
    const types = [...this.#types, ...judgements];
    do {
      this.#again = false;
      const head = await store.head();
      const after = this.#checkpoint;
      // A stretch at a time: the reader looks through it without bringing all of it here.
      const until = after + stretch;
      const page = await store.readAll({ after, limit: pageSize, only: { types, until } });
      const met = await Promise.allSettled(page.map((stored) => this.#handle(stored)));
      for (const one of met) if (one.status === "rejected") throw one.reason;
      if (this.#isCutShort) return;
      const last = page.at(-1)?.position ?? 0;
      const full = page.length === pageSize;
      this.#checkpoint = full ? last : Math.max(Math.min(head, until), last, after);
      await this.#saveCheckpoint();
      this.#again ||= this.#checkpoint < head;
    } while (this.#again && !this.#stopped);
  }

  #handle(stored: StoredEvent): Promise<void> {
    if (this.#isJudgement(stored)) return this.#takeUp(stored);
    const partition = partitionOf(stored);
    return this.#mailboxes.run(partition, async () => {
      if (!this.#parked.has(partition)) await this.#react(decode(stored), stored.position);
    });
  }

  async #react(event: EventEnvelope, position: number): Promise<void> {
    const { addOn, environment } = this.#parts;
    const { clock, limits, log } = environment;
    const reaction = addOn.on?.[event.type as keyof typeof addOn.on] as Reaction | undefined;
    if (reaction === undefined) return;
    for (let attempt = 1; !this.#stopped; attempt++) {
      try {
        await reaction(event, contextOf(this.#parts, event));
        return;
      } catch (error) {
        const fields = { addOn: this.name, event: event.type, attempt, error };
        log.warn("An add-on failed on an event", fields);
        if (attempt >= limits.addOnAttemptsMax) {
          return this.#park(event, { position, attempt, error });
        }
        const wait = limits.addOnBackoffMs * 2 ** (attempt - 1);
        await new Promise<void>((resolve) => {
          clock.after(wait, resolve);
        });
      }
    }
    this.#isCutShort = true;
  }

  async #park(
    event: EventEnvelope,
    failure: { readonly position: number; readonly attempt: number; readonly error: unknown },
  ): Promise<void> {
    const { bus, environment } = this.#parts;
    const partition = partitionOf(event);
    const data = {
      partition,
      cursor: event.cursor,
      eventType: event.type,
      attempts: failure.attempt,
      error: String(failure.error).slice(0, 2000),
      at: environment.clock.now(),
    };
    const result = await bus.commands.execute({
      actor: system,
      commands: [{ stream: this.#stream, type: "ParkAddOnEvent", data }],
    });
    if (result.status !== "committed") throw new Error(`parking an event was ${result.status}`);
    this.#parked.set(partition, failure.position);
  }

  /**
   * Takes a partition up again, from the event that was parked (or, skipped, behind it) to the
   * judgement, in its order: what comes after it waits. Until that is done, the partition counts as
   * parked.
   */
  #takeUp(judgement: StoredEvent): Promise<void> {
    const { partition, cursor } = decode(judgement).data as Waiting;
    return this.#mailboxes.run(partition, async () => {
      const parked = this.#parked.get(partition);
      if (parked === undefined) return;
      const isSkipped = judgement.type === "AddOnEventSkipped" && positionOf(cursor) === parked;
      const from = isSkipped ? parked + 1 : parked;
      let isAllMet = false;
      this.#parked.delete(partition);
      try {
        isAllMet = await this.#meetAgain(partition, { from, until: judgement.position });
      } finally {
        if (!isAllMet && !this.#parked.has(partition)) this.#parked.set(partition, from);
      }
    });
  }

  /** False: something between was parked in its turn, or the add-on was stopped. */
  async #meetAgain(
    partition: string,
    { from, until }: { readonly from: number; readonly until: number },
  ): Promise<boolean> {
    for (let after = from - 1; after < until; ) {
      const only = { types: this.#types, until: Math.min(after + stretch, until) };
      const page = await this.#parts.store.readAll({ after, limit: pageSize, only });
      for (const stored of page) {
        after = stored.position;
        if (after >= until) return true;
        if (partitionOf(stored) !== partition) continue;
        await this.#react(decode(stored), stored.position);
        if (this.#isCutShort || this.#parked.has(partition)) return false;
      }
      if (page.length < pageSize) after = only.until;
    }
    return true;
  }

  /** A judgement beyond the checkpoint was not carried out: it will be met again. */
  async #recoverParked(): Promise<void> {
    for (let afterVersion = 0; ; ) {
      const query = { stream: this.#stream, afterVersion, limit: pageSize };
      const page = await this.#parts.store.readStream(query);
      for (const stored of page) {
        const { partition, cursor } = decode(stored).data as Waiting;
        if (stored.type === "AddOnEventParked") {
          this.#parked.set(partition, positionOf(cursor) ?? 0);
        } else if (stored.position <= this.#checkpoint) this.#parked.delete(partition);
      }
      afterVersion += page.length;
      if (page.length < pageSize) return;
    }
  }
}

/** Events of one station, or else of one stream, are reacted to in their order. */
function partitionOf({ stream }: { readonly stream: string }): string {
  return stationOfStream(stream) ?? stream;
}
