import type { Limits } from "#limits";
import { type Connections, whyUnavailable } from "#postgres";
import type { Condition } from "../condition.ts";

/** Payloads for one channel that belong together. */
interface Letter {
  readonly channel: string;
  readonly payloads: readonly string[];
  readonly characters: number;
  readonly failed?: ((why: string) => void) | undefined;
}

interface SendingParts {
  readonly connections: Connections;
  readonly condition: Condition;
  readonly limits: Limits;
}

const notify = {
  name: "notify",
  text: "SELECT pg_notify(to_whom, what) FROM unnest($1::text[], $2::text[]) AS n(to_whom, what)",
};

/** Sends one statement after the other; what comes in the meantime goes with the next. */
export class Sending {
  readonly #parts: SendingParts;
  #waiting: Letter[] = [];
  #characters = 0;
  #going: Promise<void> | undefined;
  #isClosed = false;

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  /** `failed` hears of it when it cannot go out; whether anybody hears it, nobody knows. */
  send(
    channel: string,
    payloads: readonly string[],
    failed?: ((why: string) => void) | undefined,
  ): void {
    const { condition, limits } = this.#parts;
    const characters = payloads.reduce((sum, payload) => sum + payload.length, 0);
    const isRoom =
      this.#waiting.length < limits.nodeMessagesMax &&
      this.#characters + characters <= limits.nodeMessagesCharactersMax;
    if (this.#isClosed || !isRoom) {
      const why = this.#isClosed ? "this node is closing" : "too many messages wait to be sent";
      condition.lost(1);
      if (!this.#isClosed) condition.ill("sending", why);
      failed?.(why);
      return;
    }
    this.#waiting.push({ channel, payloads, characters, failed });
    this.#characters += characters;
    this.#going ??= this.#go();
  }

  /** What waits still goes out, if nothing is wrong. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#going;
  }

  async #go(): Promise<void> {
    while (this.#waiting.length > 0) {
      const isSent = await this.#sendBatch(this.#batch());
      if (!isSent && this.#isClosed) this.#waiting = [];
    }
    this.#going = undefined;
  }

  #batch(): Letter[] {
    const most = this.#parts.limits.nodeMessageBytesMax;
    let characters = 0;
    let count = 0;
    for (const letter of this.#waiting) {
      characters += letter.characters;
      if (count > 0 && characters > most) break;
      count += 1;
    }
    const batch = this.#waiting.splice(0, count);
    for (const letter of batch) this.#characters -= letter.characters;
    return batch;
  }

  async #sendBatch(batch: readonly Letter[]): Promise<boolean> {
    const { connections, condition } = this.#parts;
    const channels = batch.flatMap(({ channel, payloads }) => payloads.map(() => channel));
    const payloads = batch.flatMap((letter) => letter.payloads);
    try {
      await connections.runRaw({ ...notify, values: [channels, payloads] });
      condition.sent(batch.length);
      condition.well("sending");
      return true;
    } catch (error) {
      const why = whyUnavailable(error);
      condition.lost(batch.length);
      if (!this.#isClosed) condition.ill("sending", why);
      for (const { failed } of batch) failed?.(why);
      return false;
    }
  }
}
