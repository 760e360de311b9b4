import { stationKey } from "#core";
import type { Fact, Session } from "../stations/speaker.ts";
import type { LoggedTransaction, LogWatch } from "./log-watch.ts";
import type { Violate } from "./violations.ts";

/** Holds each acknowledgement of a fact against the log, at the moment it leaves the node. */
export class FactCheck {
  /** Facts that were acknowledged, repetitions included. */
  acknowledgements = 0;
  readonly #log: LogWatch;
  readonly #violate: Violate;

  constructor(log: LogWatch, violate: Violate) {
    this.#log = log;
    this.#violate = violate;
  }

  acknowledged(fact: Fact, answer: unknown): void {
    this.acknowledgements += 1;
    const { session } = fact;
    const transaction = this.#one(session, fact.kind);
    if (transaction === undefined) return;
    switch (fact.kind) {
      case "start":
        this.#numbered(session, transaction, answer);
        return;
      case "sample":
        this.#sampled(session, transaction, fact.reading.wh);
        return;
      case "stop":
        this.#stopped(session, transaction);
        return;
    }
  }

  /** The one transaction of the log that this session is. */
  #one(session: Session, kind: Fact["kind"]): LoggedTransaction | undefined {
    const { stationId, evseId, start } = session;
    const found = this.#log.startedAt(stationKey(stationId), evseId, start.wh);
    if (found.length === 1) return found[0];
    const invariant = found.length === 0 ? "durableFirst" : "exactlyOnce";
    this.#violate(
      invariant,
      `${nameOf(session)}: its ${kind} was acknowledged; it is ${found.length} times in the log`,
    );
    return undefined;
  }

  #numbered(session: Session, transaction: LoggedTransaction, answer: unknown): void {
    const { transactionId } = answer as { readonly transactionId?: unknown };
    if (transactionId === undefined || transactionId === transaction.number) return;
    const name = nameOf(session);
    this.#violate("sameNumber", `${name}: told ${transactionId}, logged ${transaction.number}`);
  }

  #sampled(session: Session, { samples }: LoggedTransaction, wh: number): void {
    const { times } = samples.get(String(wh * 1000)) ?? { times: 0 };
    if (times === 1 || (times > 1 && session.withoutClock)) return;
    const invariant = times === 0 ? "durableFirst" : "exactlyOnce";
    this.#violate(invariant, `${nameOf(session)}: ${wh} Wh is ${times} times in the log`);
  }

  #stopped(session: Session, { energies }: LoggedTransaction): void {
    const name = nameOf(session);
    if (energies.length !== 1) {
      const invariant = energies.length === 0 ? "durableFirst" : "exactlyOnce";
      this.#violate(invariant, `${name}: its stop is ${energies.length} times in the log`);
      return;
    }
    const wh = energyOf(session);
    if (energies[0] === wh * 1000) return;
    this.#violate("energy", `${name}: ${wh} Wh by its meter, ${energies[0]} mWh in the log`);
  }
}

/** What the meter gave. */
export function energyOf({ start, stop }: Session): number {
  return (stop?.wh ?? start.wh) - start.wh;
}

/** A session by its station, EVSE and start. */
export function nameOf({ stationId, evseId, start, number }: Session): string {
  return `${stationId} EVSE ${evseId}, session of ${start.at} from ${start.wh} Wh (${number})`;
}
