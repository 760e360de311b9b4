import type { EventEnvelope } from "#core";
import type { Bus, Environment } from "../bus.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { ViewReader } from "../ports/view-reader.ts";
import type { Question } from "../questions.ts";
import type { AddOn } from "./add-on.ts";
import { AddOnConsumer } from "./add-on-consumer.ts";
import { type AddOnParts, contextOf } from "./add-on-context.ts";

/** Runs add-ons in this process: their reactions, notices and answers, each within its grants. */
export interface AddOnHost {
  readonly names: readonly string[];
  start(): Promise<void>;
  /** Resolves when every add-on has reacted to everything committed so far. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export function createAddOnHost(parts: {
  readonly addOns: readonly AddOn[];
  readonly bus: Bus;
  readonly store: EventStore;
  readonly views: ViewReader;
  readonly environment: Environment;
  /** Settings by add-on name. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}): AddOnHost {
  const { addOns, settings, ...shared } = parts;
  const hosted = addOns.map((addOn) => ({
    ...shared,
    addOn,
    settings: settings[addOn.name] ?? {},
  }));
  const consumers = hosted.map((own) => new AddOnConsumer(own));
  for (const own of hosted) {
    answer(own);
    notice(own);
  }
  return {
    names: addOns.map((addOn) => addOn.name),
    start: async () => {
      for (const consumer of consumers) await consumer.start();
    },
    idle: async () => {
      for (const consumer of consumers) await consumer.idle();
    },
    stop: async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
    },
  };
}

function answer(parts: AddOnParts): void {
  const { addOn, bus } = parts;
  for (const [name, answerer] of Object.entries(addOn.answers ?? {})) {
    const asked = answerer as (question: Question, context: unknown) => Promise<undefined>;
    bus.questions.answer(name as Question["question"], addOn.name, (question) =>
      asked(question, contextOf(parts)),
    );
  }
}

function notice({ addOn, bus }: AddOnParts): void {
  const notices = (addOn.notice ?? {}) as Record<string, (event: EventEnvelope) => void>;
  if (Object.keys(notices).length === 0) return;
  bus.events.subscribe((events) => {
    for (const event of events) notices[event.type]?.(event);
  });
}
