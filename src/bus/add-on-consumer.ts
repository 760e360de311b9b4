import { type EventEnvelope, streams, systemActor } from "#core";
import type { AddOnContext } from "./add-on.ts";
import { type AddOnParts, contextOf } from "./add-on-context.ts";
import { decode } from "./codec.ts";
import { stationOfStream } from "./command-bus.ts";
import { positionOf } from "./cursor.ts";
import { createMailboxes } from "./mailboxes.ts";
import type { StoredEvent } from "./ports/event-store.ts";

const pageSize = 200;
const system = systemActor("add-on-host");

type Reaction = (event: EventEnvelope, context: AddOnContext) => Promise<void>;

/**
 * One add-on's reactions: from its checkpoint on, in order per station, each until it worked. What
 * fails too often is parked with what follows on its station; other stations go on.
 */
export class AddOnConsumer {
  readonly name: string;
  readonly #parts: AddOnParts;
  readonly #types: readonly string[];
  readonly #mailboxes = createMailboxes();
  /** Partition to the position of the event that waits there for a person. */
  readonly #parked = new Map<string, number>();
  #checkpoint = 0;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(parts: AddOnParts) {
    this.#parts = parts;
    this.name = parts.addOn.name;
    this.#types = Object.keys(parts.addOn.on ?? {});
  }

  async start(): Promise<void> {
    const { store, bus } = this.#parts;
    this.#checkpoint = await store.checkpoint(this.#consumer);
    await this.#recoverParked();
    bus.events.subscribe((events) => this.#notice(events));
    this.wake();
  }

  /** There may be something to react to. */
  wake(): void {
    this.#again = true;
    if (this.#running !== undefined || this.#stopped || this.#types.length === 0) return;
    this.#running = this.#drain()
      .catch((error: unknown) => this.#report("An add-on's consumer stopped", error))
      .finally(() => {
        this.#running = undefined;
      });
  }

  /** Resolves when everything committed so far was reacted to. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Nothing that was missed is skipped: the checkpoint says how far it came. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.idle();
    await this.#saveCheckpoint();
  }

  get #consumer(): string {
    return `add-on/${this.name}`;
  }

  #report(message: string, error: unknown): void {
    this.#parts.environment.log.error(message, { addOn: this.name, error });
  }

  #saveCheckpoint(): Promise<void> {
    const row = { consumer: this.#consumer, position: this.#checkpoint };
    return this.#parts.store.saveCheckpoint(row);
  }

  #notice(events: readonly EventEnvelope[]): void {
    for (const event of events) {
      if (this.#types.includes(event.type)) this.wake();
      if (event.type !== "AddOnEventReleased" || event.stream !== streams.addOn(this.name))
        continue;
      const { partition } = event.data as { readonly partition: string };
      this.#release(partition).catch((error: unknown) =>
        this.#report("A parked event could not be taken up again", error),
      );
    }
  }

  async #drain(): Promise<void> {
    const { store } = this.#parts;
    do {
      this.#again = false;
      const head = await store.head();
      const after = this.#checkpoint;
      const page = await store.readAll({ after, limit: pageSize, types: this.#types });
      await Promise.all(page.map((stored) => this.#handle(stored)));
      const last = page.at(-1)?.position ?? 0;
      const full = page.length === pageSize;
      this.#checkpoint = full ? last : Math.max(head, last, after);
      await this.#saveCheckpoint();
      this.#again ||= full;
    } while (this.#again && !this.#stopped);
  }

  #handle(stored: StoredEvent): Promise<void> {
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
  }

  async #park(
    event: EventEnvelope,
    failure: { readonly position: number; readonly attempt: number; readonly error: unknown },
  ): Promise<void> {
    const { bus, environment } = this.#parts;
    const partition = partitionOf(event);
    this.#parked.set(partition, failure.position);
    const data = {
      partition,
      cursor: event.cursor,
      eventType: event.type,
      attempts: failure.attempt,
      error: String(failure.error).slice(0, 2000),
      at: environment.clock.now(),
    };
    const stream = streams.addOn(this.name);
    await bus.commands.execute({
      actor: system,
      commands: [{ stream, type: "ParkAddOnEvent", data }],
    });
  }

  /** Takes a partition up again, from the event that was parked. */
  async #release(partition: string): Promise<void> {
    const from = this.#parked.get(partition);
    if (from === undefined) return;
    this.#parked.delete(partition);
    const until = this.#checkpoint;
    for (let after = from - 1; after < until; ) {
      const query = { after, limit: pageSize, types: this.#types };
      const page = await this.#parts.store.readAll(query);
      for (const stored of page) {
        after = stored.position;
        const own = partitionOf(stored) === partition;
        if (own && stored.position <= until) await this.#handle(stored);
      }
      if (page.length < pageSize) break;
    }
  }

  async #recoverParked(): Promise<void> {
    const stream = streams.addOn(this.name);
    for (let afterVersion = 0; ; ) {
      const query = { stream, afterVersion, limit: pageSize };
      const page = await this.#parts.store.readStream(query);
      for (const stored of page) {
        const { partition, cursor } = decode(stored).data as { partition: string; cursor: string };
        if (stored.type === "AddOnEventParked")
          this.#parked.set(partition, positionOf(cursor) ?? 0);
        else this.#parked.delete(partition);
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
