import type { Command, EventOf, EventType } from "#core";
import type { ExecutionResult } from "../execution.ts";
import type { ViewItem } from "../ports/view-reader.ts";
import type { ViewValue } from "../ports/view-store.ts";
import type { AnswerOf, Question, QuestionName } from "../questions.ts";

/** What an add-on may see and do. It receives only what it was granted. */
export interface Grants {
  readonly events: readonly EventType[];
  readonly commands: readonly string[];
  /** Names of views that it may query. */
  readonly queries: readonly string[];
  readonly questions: readonly QuestionName[];
}

/**
 * What an add-on works with. Asynchronous and structured-cloneable, so that it may live elsewhere.
 */
export interface AddOnContext {
  readonly name: string;
  /** Instant of the reaction or question, ISO 8601 UTC. */
  readonly now: string;
  /** Settings of this add-on from the configuration. */
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * Sends a command. `name` tells dispatches of one event apart: the same (add-on, event, name)
   * again has no second effect. The result may be a refusal, which is not an error.
   */
  dispatch(name: string, command: Command): Promise<ExecutionResult>;
  /** Lists a view that was granted; pages are joined up to the limit. */
  list(
    view: string,
    query: { readonly filter?: Readonly<Record<string, ViewValue>>; readonly limit: number },
  ): Promise<readonly ViewItem[]>;
  /** One item of a view that was granted. */
  get(view: string, key: readonly ViewValue[]): Promise<ViewItem | undefined>;
  /** Waits until views have passed the log's head of this moment. */
  caughtUp(): Promise<void>;
  /** A token's value; only for add-ons granted the question `AuthorizeToken`. */
  tokenValue(ref: string): Promise<string | undefined>;
  /** A new id (UUIDv7), for what the command asks the sender to mint. */
  newId(): string;
  /** The instant some milliseconds from now. */
  after(milliseconds: number): string;
  log(level: "info" | "warn" | "error", message: string, fields?: Record<string, unknown>): void;
}

type Reactions = {
  readonly [T in EventType]?: (event: EventOf<T>, context: AddOnContext) => Promise<void>;
};

type Notices = { readonly [T in EventType]?: (event: EventOf<T>) => void };

/**
 * `undefined` passes the question on, as a failure does. What the context's reads throw while the
 * store or the views are away is handed on: then the question has no answer, and is asked again.
 */
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
  /** At least once per event, in the order of its station, after a restart from where it was. */
  readonly on?: Reactions;
  /**
   * Told at once, before whoever caused the event hears of it: for dropping cached values. Quick,
   * never waits, may miss what happened while the process was down.
   */
  readonly notice?: Notices;
  readonly answers?: Answers;
}

/** Declares an add-on; reactions and answers beyond its grants throw at start. */
export function defineAddOn(addOn: AddOn): AddOn {
  const events = Object.keys({ ...addOn.on, ...addOn.notice }).filter(
    (type) => !addOn.grants.events.includes(type as EventType),
  );
  const questions = Object.keys(addOn.answers ?? {}).filter(
    (name) => !addOn.grants.questions.includes(name as QuestionName),
  );
  const beyond = [...events, ...questions];
  if (beyond.length > 0) throw new Error(`${addOn.name} is not granted ${beyond.join(", ")}`);
  return addOn;
}

/** An add-on as others may know it: its name, what it was granted, and what it does with that. */
export interface InstalledAddOn {
  readonly name: string;
  readonly grants: Grants;
  /** Types of events that it reacts to, at its own pace. */
  readonly reactsTo: readonly string[];
  readonly answers: readonly string[];
}

/** What is known of an add-on from outside. */
export function installedOf({ name, grants, on = {}, answers = {} }: AddOn): InstalledAddOn {
  return { name, grants, reactsTo: Object.keys(on), answers: Object.keys(answers) };
}

/** The name under which the store keeps how far an add-on came, and the cluster who runs it. */
export function workNameOf(addOn: string): string {
  return `add-on/${addOn}`;
}
