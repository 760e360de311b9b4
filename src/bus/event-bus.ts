import type { EventEnvelope } from "#core";
import type { EventBus } from "./execution.ts";
import type { Log } from "./ports/environment.ts";

/** The event bus of one node, with the door through which the command bus hands events in. */
export interface LocalEventBus extends EventBus {
  publish(events: readonly EventEnvelope[]): void;
}

/**
 * Listeners are called at once, in the order of their subscription; one that throws is reported.
 */
export function createEventBus(log: Log): LocalEventBus {
  const listeners = new Set<(events: readonly EventEnvelope[]) => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish: (events) => {
      for (const listener of listeners) {
        try {
          listener(events);
        } catch (error) {
          log.error("A listener of the event bus failed", { error, event: events[0]?.type });
        }
      }
    },
  };
}
