import type { Item } from "../../api/call.ts";
import type { LoggedEvent } from "../../api/event-log.ts";

/** An exchange on a station's socket. */
export type Message = Item<"getMessages">;

/** One step of what happened: an event of the log, or an exchange with the station. */
export type Step =
  | {
      readonly kind: "event";
      readonly at: string;
      readonly key: string;
      readonly event: LoggedEvent;
    }
  | {
      readonly kind: "message";
      readonly at: string;
      readonly key: string;
      readonly message: Message;
    };

/** Events and exchanges in the order in which they happened. */
export function historyOf(
  events: readonly LoggedEvent[],
  messages: readonly Message[],
): readonly Step[] {
  const steps: Step[] = [
    ...events.map((event) => ({
      ...{ kind: "event" as const, at: event.meta.recordedAt, key: event.cursor },
      event,
    })),
    ...messages.map((message) => ({
      ...{ kind: "message" as const, at: message.at, key: message.id },
      message,
    })),
  ];
  // Of the same instant, events first: a request is written down before it is sent.
  return steps.sort((one, other) => compare(placeOf(one), placeOf(other)));
}

const placeOf = ({ at, kind }: Step) => `${at} ${kind}`;

/** Equal ones stay as they came: events come in the order of the log. */
function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
