import type { Clock } from "#bus";
import type { Limits } from "#limits";
import { type Connections, whyUnavailable } from "#postgres";
import { Backoff } from "../backoff.ts";
import type { Condition } from "../condition.ts";

interface ListeningParts {
  readonly connections: Connections;
  readonly channels: readonly string[];
  readonly heard: (channel: string, payload: string) => void;
  readonly condition: Condition;
  readonly clock: Clock;
  readonly limits: Limits;
}

interface Notification {
  readonly channel: string;
  readonly payload?: string | undefined;
}

type Client = Parameters<Parameters<Connections["using"]>[0]>[0];

/** One connection that listens. Lost, it is made anew, until the listening is closed. */
export class Listening {
  readonly #parts: ListeningParts;
  readonly #backoff: Backoff;
  readonly #tried = Promise.withResolvers<void>();
  #hasListened = false;
  #over: Promise<void> = Promise.resolve();

  constructor(parts: ListeningParts) {
    this.#parts = parts;
    this.#backoff = new Backoff(parts.clock, parts.limits);
  }

  /** Resolves when it listens, or could not at its first try. */
  start(): Promise<void> {
    this.#over = this.#go();
    return this.#tried.promise;
  }

  close(): Promise<void> {
    this.#backoff.close();
    return this.#over;
  }

  async #go(): Promise<void> {
    const { connections, condition } = this.#parts;
    while (!this.#backoff.isClosed) {
      try {
        await connections.using((client) => this.#listen(client));
      } catch (error) {
        if (!this.#backoff.isClosed) condition.ill("connection", whyUnavailable(error));
      }
      this.#tried.resolve();
      await this.#backoff.wait();
    }
  }

  /** Listens until the listening is closed; rejects when the connection is lost. */
  async #listen(client: Client): Promise<void> {
    const { channels, heard } = this.#parts;
    const lost = Promise.withResolvers<never>();
    const onError = (error: Error) => lost.reject(error);
    const onEnd = () => lost.reject(new Error("Connection terminated"));
    const onNotification = ({ channel, payload = "" }: Notification) => heard(channel, payload);
    client.on("error", onError).on("end", onEnd).on("notification", onNotification);
    let stopProbing = () => {};
    try {
      const text = channels.map((channel) => `LISTEN ${channel}`).join("; ");
      await Promise.race([client.query(text), lost.promise]);
      this.#isListening();
      stopProbing = this.#probe(client, lost.reject);
      await Promise.race([lost.promise, this.#backoff.closing]);
    } finally {
      stopProbing();
      client.off("error", onError).off("end", onEnd).off("notification", onNotification);
    }
  }

  #isListening(): void {
    const { condition } = this.#parts;
    condition.well("connection");
    if (this.#hasListened) condition.reconnected();
    this.#hasListened = true;
    this.#backoff.reset();
    this.#tried.resolve();
  }

  /** A connection can be dead without a word: asked now and then, it answers or is given up. */
  #probe(client: Client, lost: (why: unknown) => void): () => void {
    const { clock, limits } = this.#parts;
    let isStopped = false;
    let cancel = () => {};
    const plan = () => {
      if (isStopped) return;
      cancel = clock.after(limits.nodeLinkProbeMs, () => {
        client.query("SELECT 1").then(plan, lost);
      });
    };
    plan();
    return () => {
      isStopped = true;
      cancel();
    };
  }
}
