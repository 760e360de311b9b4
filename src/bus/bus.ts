import { keyOf } from "#core";
import type { Limits } from "#limits";
import type { Upcasts } from "./commands/codec.ts";
import { createCommandBus } from "./commands/command-bus.ts";
import { StreamStates } from "./commands/stream-states.ts";
import { createEventBus, type LocalEventBus } from "./event-bus.ts";
import type { CommandBus, Tokens } from "./execution.ts";
import type { Cipher, Clock, Dice, Ids, Log } from "./ports/environment.ts";
import type { EventStore } from "./ports/event-store.ts";
import { createQuestions } from "./question-desk.ts";
import type { Questions } from "./questions.ts";
import { createTokens } from "./tokens.ts";

/** What every room is given to work with. */
export interface Environment {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly dice: Dice;
  readonly cipher: Cipher;
  readonly limits: Limits;
  readonly log: Log;
}

/** The bus of one node. */
export interface Bus {
  readonly commands: CommandBus;
  readonly events: Omit<LocalEventBus, "publish">;
  readonly tokens: Tokens;
  readonly questions: Questions;
}

export function createBus(
  parts: Environment & { readonly store: EventStore; readonly upcasts?: Upcasts },
): Bus {
  const { store, clock, limits, log } = parts;
  const states = new StreamStates(parts);
  const events = createEventBus({ ...parts, states });
  const tokens = createTokens(parts);
  events.subscribe((committed) => {
    for (const { type, stream } of committed)
      if (type === "TokenErased") tokens.forget(keyOf(stream));
  });
  return {
    commands: createCommandBus({ store, states, events, clock, limits }),
    events,
    tokens,
    questions: createQuestions({ clock, limits, log }),
  };
}
