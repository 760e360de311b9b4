import type { CarrierKind, ClusterHealth, Log } from "#bus";

/** Parts of a carrier that can be well or not; what ails the first explains the others. */
const parts = ["connection", "sending", "inbox"] as const;

type CarrierPart = (typeof parts)[number];

/** What a carrier counts, and what ails it; each trouble is in the log once, and its end once. */
export class Condition {
  readonly #kind: CarrierKind;
  readonly #log: Log;
  readonly #troubles = new Map<CarrierPart, string>();
  #sent = 0;
  #received = 0;
  #lost = 0;
  #reconnects = 0;

  constructor(kind: CarrierKind, log: Log) {
    this.#kind = kind;
    this.#log = log;
  }

  sent(count: number): void {
    this.#sent += count;
  }

  received(): void {
    this.#received += 1;
  }

  lost(count: number): void {
    this.#lost += count;
  }

  reconnected(): void {
    this.#reconnects += 1;
  }

  ill(part: CarrierPart, why: string): void {
    const before = this.#troubles.get(part);
    if (before === why) return;
    this.#troubles.set(part, why);
    const fields = { carrier: this.#kind, part, why };
    if (before !== undefined) this.#log.debug("Messages between nodes still do not pass", fields);
    else this.#log.warn("Messages between nodes do not pass; nodes look for themselves", fields);
  }

  well(part: CarrierPart): void {
    if (!this.#troubles.delete(part)) return;
    const fields = { carrier: this.#kind, part, lost: this.#lost };
    this.#log.info("Messages between nodes pass again", fields);
  }

  health(): Omit<ClusterHealth, "questions"> {
    const reason = parts.map((part) => this.#troubles.get(part)).find((why) => why !== undefined);
    return {
      kind: this.#kind,
      ok: reason === undefined,
      ...(reason !== undefined && { reason }),
      ...{ sent: this.#sent, received: this.#received },
      ...{ lost: this.#lost, reconnects: this.#reconnects },
    };
  }
}
