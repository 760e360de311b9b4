import { setTimeout as wait } from "node:timers/promises";
/** Something that an operator asked for under an Idempotency-Key, until it was answered. */
export interface ToldWish {
  /** A request to a station, or a decision about one. */
  readonly kind: "request" | "decision";
  /** Names it, in its own data: the station hears it, the log holds it. */
  readonly mark: string;
  readonly stationId: string;
  /** What the API answered: the request's id, or the type of the event that came of it. */
  readonly answer: string;
  readonly attempts: number;
}

/** Who asks whom, and how. */
export interface OperatorOptions {
  /** Begins the name of each wish. */
  readonly name?: string;
  /** Where the API is: each wish begins at the next of them. They may be others later. */
  readonly apiUrls: readonly string[];
  readonly apiKey: string;
  readonly stationIds: readonly string[];
  readonly betweenMs?: number;
  /** After so long, a wish counts as not answered. */
  readonly answerWithinMs?: number;
  /** Of requests: short, so that what a dead server had sent ends within the drill. */
  readonly deadlineSeconds?: number;
}

const usual = { name: "drill", betweenMs: 40, answerWithinMs: 5_000, deadlineSeconds: 3 };
const retryMs = 50;
const waitsForStationMs = 60_000;

/** An operator who asks and decides, and repeats it under its key until there is an answer. */
export class DrillOperator {
  readonly told: ToldWish[] = [];
  readonly problems: string[] = [];
  /** How many tries failed, by how: a status, or that nobody answered. */
  readonly failures = new Map<string, number>();
  readonly #options: Required<OperatorOptions>;
  #count = 0;
  #turn = 0;
  #stopping = false;
  #abandoned = false;

  constructor(options: OperatorOptions) {
    this.#options = { ...usual, ...options };
  }

  async run(): Promise<void> {
    while (!this.#stopping) {
      await this.#wish();
      await wait(this.#options.betweenMs);
    }
  }

  finish(): void {
    this.#stopping = true;
  }

  abandon(): void {
    this.#stopping = true;
    this.#abandoned = true;
  }

  async #wish(): Promise<void> {
    this.#count += 1;
    const count = this.#count;
    const { name, stationIds, deadlineSeconds } = this.#options;
    const mark = `${name}-${count}`;
    const stationId = stationIds[count % stationIds.length] ?? "";
    const kind = count % 3 === 0 ? "decision" : "request";
    const waits = count % 2 === 0;
    const body = kind === "decision" ? decision(mark) : request(mark, { waits, deadlineSeconds });
    const said = await this.#say(`${stationId}/${kind === "decision" ? "commands" : "requests"}`, {
      mark,
      body: JSON.stringify(body),
    });
    if (said === undefined) return;
    const { attempts, found } = said;
    const answer = kind === "decision" ? found.events?.[0]?.type : found.requestId;
    if (answer === undefined) this.problems.push(`${mark}: ${JSON.stringify(found)}`);
    else this.told.push({ kind, mark, stationId, answer, attempts });
  }

  /** Until there is an answer; undefined: it was refused, which is a problem. */
  async #say(path: string, { mark, body }: { mark: string; body: string }) {
    const { apiUrls, apiKey, answerWithinMs } = this.#options;
    for (let attempts = 1; ; attempts += 1) {
      if (this.#abandoned) throw new Error("the operator has given up");
      const apiUrl = apiUrls[this.#turn % apiUrls.length];
      this.#turn += 1;
      try {
        const response = await fetch(`${apiUrl}/api/v1/charging-stations/${path}`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${apiKey}`,
            "content-type": "application/json",
            "idempotency-key": mark,
          },
          body,
          signal: AbortSignal.timeout(answerWithinMs),
        });
        const text = await response.text();
        if (response.ok) return { attempts, found: JSON.parse(text) as Found };
        // A server may end a connection just as something is said over it (408): it is said again.
        if (response.status < 500 && response.status !== 408) {
          this.problems.push(`${mark}: ${response.status} ${text}`);
          return undefined;
        }
        this.#failed(String(response.status));
      } catch (error) {
        // The server is down as often as not: it is asked again, under the same key.
        this.#failed((error as Error).name);
      }
      await wait(retryMs);
    }
  }

  #failed(how: string): void {
    this.failures.set(how, (this.failures.get(how) ?? 0) + 1);
  }
}

interface Found {
  readonly requestId?: string;
  readonly events?: readonly { readonly type: string }[];
}

function request(
  mark: string,
  { waits, deadlineSeconds }: { readonly waits: boolean; readonly deadlineSeconds: number },
): object {
  const validUntil = new Date(Date.now() + waitsForStationMs).toISOString();
  return {
    ...{ type: "RequestDataTransfer", vendorId: "Drill", data: mark, deadlineSeconds },
    ...(waits ? { validUntil } : {}),
  };
}

function decision(mark: string): object {
  const address = { addressLine1: mark, city: "Drill", country: "NLD" };
  return { type: "MoveChargingStation", accessibility: "public", address };
}
