import type { Command, EventOf, EventType } from "#core";
import type { ExecutionResult } from "./execution.ts";
import type { ViewQuery, ViewRow } from "./ports/view-store.ts";
import type { AnswerOf, Question, QuestionName } from "./questions.ts";

/** What an add-on may see and do. It receives only what it was granted. */
export interface Grants {
  readonly events: readonly EventType[];
  readonly commands: readonly string[];
  /** Names of views that it may query. */
  readonly queries: readonly string[];
  readonly questions: readonly QuestionName[];
}

/** What an add-on works with. Asynchronous and structured-cloneable, so that it may live elsewhere. */
export interface AddOnContext {
  readonly name: string;
  /** Instant of the reaction or question, ISO 8601 UTC. */
  readonly now: string;
  /** Settings of this add-on from the configuration. */
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * Sends a command. `name` tells dispatches of one event apart: the same (add-on, event, name) again
   * has no second effect. The result may be a refusal, which is not an error.
   */
  dispatch(name: string, command: Command): Promise<ExecutionResult>;
  /** Reads a view that was granted. */
  query(view: string, query: ViewQuery): Promise<readonly ViewRow[]>;
  /** Waits until views have passed the log's head of this moment. */
  caughtUp(): Promise<void>;
  /** A token's value; only for add-ons granted the question `AuthorizeToken`. */
  tokenValue(ref: string): Promise<string | undefined>;
  log(level: "info" | "warn" | "error", message: string, fields?: Record<string, unknown>): void;
}

type Reactions = {
  readonly [T in EventType]?: (event: EventOf<T>, context: AddOnContext) => Promise<void>;
};

type Answers = {
  readonly [N in QuestionName]?: (
    question: Extract<Question, { question: N }>,
    context: AddOnContext,
  ) => Promise<AnswerOf[N] | undefined>;
};

/** An add-on: its identity, what it was granted, what it does. */
export interface AddOn {
  readonly name: string;
  readonly grants: Grants;
  readonly on?: Reactions;
  readonly answers?: Answers;
}

/** Declares an add-on; reactions and answers beyond its grants throw at start. */
export function defineAddOn(addOn: AddOn): AddOn {
  const events = Object.keys(addOn.on ?? {}).filter(
    (type) => !addOn.grants.events.includes(type as EventType),
  );
  const questions = Object.keys(addOn.answers ?? {}).filter(
    (name) => !addOn.grants.questions.includes(name as QuestionName),
  );
  const beyond = [...events, ...questions];
  if (beyond.length > 0) throw new Error(`${addOn.name} is not granted ${beyond.join(", ")}`);
  return addOn;
}
