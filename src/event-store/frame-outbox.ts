import type { Clock, Frame, FrameLog, Log, StoredFrame } from "#bus";
import type { Limits } from "#limits";
import { cutFrame } from "./frame.ts";

/** What a frame log needs: where frames go, and its limits. */
export interface QueuedFrameLogOptions {
  readonly folder: FrameCalls;
  /** Why frames could not be written, in words an operator can use. */
  readonly reasonOf: (error: unknown) => string;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
}

/** The folder of frames, wherever it is: in another thread, or in a database. */
export interface FrameCalls {
  add(frames: readonly Frame[]): Promise<void>;
  list: FrameLog["list"];
  deviations: FrameLog["deviations"];
  modelDeviations: FrameLog["modelDeviations"];
  dropBefore: FrameLog["dropBefore"];
}

/** Frames on their way to a folder: collected for a moment, then written many at once. */
export function createQueuedFrameLog(options: QueuedFrameLogOptions): FrameLog {
  const { folder } = options;
  const outbox = new FrameOutbox(options);
  const afterFlush = async <T>(read: () => Promise<T>): Promise<T> => {
    await outbox.flush();
    return read();
  };
  return {
    add: (frame) => outbox.add(cutFrame(frame, options.limits.frameCharactersMax)),
    list: (query): Promise<readonly StoredFrame[]> => afterFlush(() => folder.list(query)),
    deviations: (query) => afterFlush(() => folder.deviations(query)),
    modelDeviations: (query) => afterFlush(() => folder.modelDeviations(query)),
    dropBefore: (day) => afterFlush(() => folder.dropBefore(day)),
    dropped: () => outbox.dropped,
    waiting: () => outbox.waiting,
    flush: () => outbox.flush(),
    close: () => outbox.flush(),
  };
}

/** Waiting frames, oldest first; bounded, and what does not fit is counted. */
class FrameOutbox {
  readonly #options: QueuedFrameLogOptions;
  #waiting: Frame[] = [];
  /** Of the wire's texts in them. */
  #characters = 0;
  #writing: Promise<void> | undefined;
  #planned = false;
  #failing = false;
  dropped = 0;

  constructor(options: QueuedFrameLogOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  add(frame: Frame): void {
    const { frameQueueMax, frameQueueCharactersMax, frameFlushMs } = this.#options.limits;
    this.#waiting.push(frame);
    this.#characters += charactersOf(frame);
    if (this.#waiting.length > frameQueueMax || this.#characters > frameQueueCharactersMax) {
      // Many at once, since taking from the front moves all the others.
      this.dropped += this.#take(Math.ceil(this.#waiting.length / 16)).length;
    }
    if (this.#planned || this.#writing !== undefined) return;
    this.#planned = true;
    this.#options.clock.after(frameFlushMs, () => {
      this.#planned = false;
      this.flush().catch((error) => this.#failed(error, 0));
    });
  }

  /** Writes all that waits now. Never rejects: frames that cannot be written are counted. */
  async flush(): Promise<void> {
    while (this.#writing !== undefined || this.#waiting.length > 0) {
      // Cleared here, not inside: with nothing to await it would be cleared before it is set.
      this.#writing ??= this.#writeAll().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#take(this.#options.limits.frameBatchMax);
      try {
        await this.#options.folder.add(batch);
        this.#failing = false;
      } catch (error) {
        this.#failed(error, batch.length);
      }
    }
  }

  /** The oldest of them. */
  #take(count: number): Frame[] {
    const taken = this.#waiting.splice(0, count);
    for (const frame of taken) this.#characters -= charactersOf(frame);
    return taken;
  }

  #failed(error: unknown, lost: number): void {
    this.dropped += lost;
    if (this.#failing) return;
    this.#failing = true;
    const { log, reasonOf } = this.#options;
    log.warn("frames cannot be written and are lost", { why: reasonOf(error) });
  }
}

function charactersOf({ call, answer }: Frame): number {
  return call.length + (answer?.length ?? 0);
}
