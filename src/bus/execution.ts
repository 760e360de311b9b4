import type {
  Actor,
  Command,
  EventEnvelope,
  Rejection,
  StationKey,
  StationState,
  StreamName,
} from "#core";
import type { Credential, VaultEntry } from "./ports/event-store.ts";

/** What the commands of one execution may look at: states folded to the last committed event. */
export interface States {
  /** State of a stream that the execution declared, or of its station. */
  of<State>(stream: StreamName): State;
  /** State of the execution's station. */
  readonly station: StationState;
}

/**
 * One thing that somebody wants or says: commands for one or several streams that stand or fall
 * together, decided one after the other, committed as one unit.
 */
export interface Execution {
  readonly actor: Actor;
  /** Station that it is about. Executions of one station run one at a time. */
  readonly station?: StationKey | undefined;
  /**
   * Fixed commands, or a pure function that is asked again when a conflict made the state newer.
   */
  readonly commands: readonly Command[] | ((states: States) => readonly Command[]);
  /** Streams besides the station's whose state `commands` or `answer` looks at. */
  readonly streams?: readonly StreamName[] | undefined;
  /** The same id again within its time leads to the first answer and to nothing else. */
  readonly receipt?: { readonly id: string; readonly expiresAt: string } | undefined;
  /** Text kept with the receipt, composed after deciding and before the commit. */
  readonly answer?:
    | ((states: States, decided: () => readonly EventEnvelope[]) => string)
    | undefined;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
  readonly protocol?: string | undefined;
  readonly stationTime?: string | undefined;
  /** Refused unless this is still the station's newest connection. */
  readonly fence?: { readonly station: StationKey; readonly epoch: number } | undefined;
  /** New tokens that the commands refer to. */
  readonly vault?: readonly VaultEntry[] | undefined;
  readonly credentials?: readonly Credential[] | undefined;
  readonly forgetCredentials?: readonly string[] | undefined;
  /** References whose values are erased with it. */
  readonly eraseTokens?: readonly string[] | undefined;
}

/** What became of an execution. Only `committed` and `repeated` may be acknowledged. */
export type ExecutionResult =
  | {
      readonly status: "committed";
      /** Of the last event; a view that has passed it shows all of them. */
      readonly cursor: string;
      readonly events: readonly EventEnvelope[];
      readonly answer?: string | undefined;
    }
  | { readonly status: "repeated"; readonly cursor: string; readonly answer: string }
  | { readonly status: "rejected"; readonly rejection: Rejection; readonly command: string }
  /** A newer connection of the station has taken over: no answer. */
  | { readonly status: "fenced" };

/**
 * Carries commands in. Rejects (throws) only where nothing could be committed: do not acknowledge.
 * With `TokenNamedTwice` where the tokens must be resolved anew, see `withNewTokens`.
 */
export interface CommandBus {
  execute(execution: Execution): Promise<ExecutionResult>;
  /** The station's state, from memory or from the store. */
  station(key: StationKey): Promise<StationState>;
  /** The same, if it is in memory. */
  stationNow(key: StationKey): StationState | undefined;
  /** What is in memory of a station may be old: it is read anew. */
  forget(key: StationKey): void;
  /** Keeps a connected station's state in memory; the result lets it go. */
  pin(key: StationKey): () => void;
}

/** Must not throw, and must be quick. */
export type EventListener = (events: readonly EventEnvelope[]) => void;

/** Hands out events after their commit, in the order of the log, whichever node committed them. */
export interface EventBus {
  subscribe(listener: EventListener): () => void;
  /** Only what this node has committed, once everybody here has heard of it. */
  subscribeOwn(listener: EventListener): () => void;
}

/** A token value's reference, and its vault row while that is not known to be committed. */
export interface ResolvedToken {
  readonly ref: string;
  readonly entry?: VaultEntry | undefined;
}

/** The vault, by value and by reference. Values are folded: NFC, trimmed, lower case. */
export interface Tokens {
  /**
   * Finds or mints. A minted reference counts from the commit of a unit that carries its `entry`.
   */
  resolve(value: string): Promise<ResolvedToken>;
  /** Only finds. */
  find(value: string): Promise<string | undefined>;
  /** The value as it was first written; undefined when it was erased. */
  valueOf(ref: string): Promise<string | undefined>;
  /** Its value is erased: not even memory shows it, and it leads to this reference no more. */
  forget(ref: string): void;
}
