import type { EventEnvelope } from "#core";
import type { Bus, Environment } from "../bus.ts";
import type { LeasedWork } from "../leases.ts";
import { type EventStore, StoreUnavailable } from "../ports/event-store.ts";
import type { ViewReader } from "../ports/view-reader.ts";
import type { Asking, Question } from "../questions.ts";
import { type AddOn, type InstalledAddOn, installedOf, workNameOf } from "./add-on.ts";
import { AddOnConsumer } from "./add-on-consumer.ts";
import { type AddOnParts, answerContextOf } from "./add-on-context.ts";

/** Runs add-ons in this process: their reactions, notices and answers, each within its grants. */
export interface AddOnHost {
  readonly names: readonly string[];
  readonly installed: readonly InstalledAddOn[];
  /** Reactions of each add-on, which one node at a time runs; answers are given on every node. */
  readonly work: readonly LeasedWork[];
  /** Begins all of it. */
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
  const running = new Map<string, AddOnConsumer>();
  const work = hosted.map((own) => workOf(own, running));
  for (const own of hosted) {
    answer(own);
    notice(own);
  }
  return {
    names: addOns.map((addOn) => addOn.name),
    installed: addOns.map(installedOf),
    work,
    start: async () => {
      for (const one of work) await one.start(undefined);
    },
    idle: async () => {
      for (const consumer of running.values()) await consumer.idle();
    },
    stop: async () => {
      await Promise.all(work.map((one) => one.stop()));
    },
  };
}

function workOf(own: AddOnParts, running: Map<string, AddOnConsumer>): LeasedWork {
  const { name } = own.addOn;
  return {
    name: workNameOf(name),
    start: async (epoch) => {
      const consumer = new AddOnConsumer(own, epoch);
      running.set(name, consumer);
      await consumer.start();
    },
    stop: async () => {
      const consumer = running.get(name);
      running.delete(name);
      await consumer?.stop();
    },
  };
}

function answer(parts: AddOnParts): void {
  const { addOn, bus } = parts;
  for (const [name, answerer] of Object.entries(addOn.answers ?? {})) {
    const asked = answerer as (question: Question, context: unknown) => Promise<undefined>;
    bus.questions.answer(name as Question["question"], addOn.name, async (question, asking) => {
      await heardOthers(bus, asking);
      return asked(question, answerContextOf(parts, asking));
    });
  }
}

/** An answer may be one that is remembered, for which it must be heard what others have changed. */
async function heardOthers({ events }: Bus, asking: Asking): Promise<void> {
  for (let recent = events.recent(); recent !== undefined; recent = events.recent()) {
    if (asking.isOver) throw new StoreUnavailable("what other nodes commit cannot be read");
    await asking.read(recent);
  }
}

function notice({ addOn, bus }: AddOnParts): void {
  const notices = (addOn.notice ?? {}) as Record<string, (event: EventEnvelope) => void>;
  if (Object.keys(notices).length === 0) return;
  bus.events.subscribe((events) => {
    for (const event of events) notices[event.type]?.(event);
  });
}
