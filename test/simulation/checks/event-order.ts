// Each node hands out the log's events one after the other: none twice, none missing, none early.
import { type Bus, positionOf } from "#bus";
import type { Violate } from "./violations.ts";

export class EventOrder {
  readonly #violate: Violate;
  readonly #heard = new Map<string, number>();

  constructor(violate: Violate) {
    this.#violate = violate;
  }

  /** Listens to what a new life of a node is handed. */
  listen(node: string, events: Pick<Bus["events"], "subscribe">): void {
    let last: number | undefined;
    this.#heard.delete(node);
    events.subscribe((batch) => {
      for (const { cursor, type } of batch) {
        const position = positionOf(cursor) ?? 0;
        if (last !== undefined && position !== last + 1) {
          this.#violate("eventOrder", `${node} was handed ${type}, ${position} after ${last}`);
        }
        last = position;
      }
      if (last !== undefined) this.#heard.set(node, last);
    });
  }

  /** It follows the log from there on: what is before, it reads where it must. */
  joined(node: string, position: number): void {
    this.#heard.set(node, this.#heard.get(node) ?? position);
  }

  /** As far as a node knows the log by now; undefined: as far as there is something to know. */
  heardTo(node: string): number | undefined {
    return this.#heard.get(node);
  }
}
