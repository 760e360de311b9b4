import type { EventEnvelope } from "#core";
import type { ApiParts } from "../parts.ts";

/** Watches for the end of requests from now on. */
export interface OutcomeWait {
  /** Cursor of the event that ended the request with all its parts; undefined: not in time. */
  wait(requestId: string, mostMs: number): Promise<string | undefined>;
  stop(): void;
}

interface Ended {
  readonly requestId: string;
}

/**
 * Starts to watch for a request's end. A request of several parts (`{id}.{evse}`) has ended when as
 * many parts have ended as were asked.
 */
export function outcomeOf(
  { bus, clock }: Pick<ApiParts, "bus" | "clock">,
  requestId: string,
): OutcomeWait {
  let parts = 0;
  let name = requestId;
  const ended = new Map<string, string>();
  let tell: (() => void) | undefined;

  const belongs = (id: string) => id === name || id.startsWith(`${name}.`);
  const listen = (events: readonly EventEnvelope[]) => {
    for (const { type, data, cursor } of events) {
      const id = (data as Ended | undefined)?.requestId;
      if (id === undefined) continue;
      if (id.startsWith(`${name}.`) && type === "UnlockEvseRequested") parts++;
      // Until it is known which request is waited for, all ends are kept: a matter of milliseconds.
      const wanted = tell === undefined || belongs(id);
      if (type === "RequestCompleted" && wanted) ended.set(id, cursor);
    }
    tell?.();
  };
  const stop = bus.events.subscribe(listen);
  const last = (): string | undefined => {
    const mine = [...ended].filter(([id]) => belongs(id));
    return mine.length > 0 && mine.length >= parts ? mine.at(-1)?.[1] : undefined;
  };

  return {
    stop,
    wait: (id, mostMs) => {
      name = id;
      return new Promise((resolve) => {
        const done = (cursor: string | undefined) => {
          tell = undefined;
          cancel();
          resolve(cursor);
        };
        const cancel = clock.after(mostMs, () => done(undefined));
        tell = () => {
          const cursor = last();
          if (cursor !== undefined) done(cursor);
        };
        tell();
      });
    },
  };
}
