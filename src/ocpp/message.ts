import type { Answer, Question } from "#bus";
import type { Command, Forgotten, Outcome, StationKey, StationState } from "#core";
import type { Quirks, TokenCleaning } from "./quirks/flags.ts";
import type { SpreadOf } from "./spread.ts";
import type { SchemaOf } from "./wire/json-schema.ts";

export type { Quirks, TokenCleaning };

/** What a row may look at. Everything is handed in, so that rows stay pure. */
export interface RowContext {
  /** The station's key and its state, folded to the last committed event. */
  readonly key: StationKey;
  readonly state: StationState;
  /** Our instant of the message's arrival, ISO 8601 UTC. */
  readonly at: string;
  /** Reference of a token that the row declared in `tokens`. */
  tokenRef(value: string): string;
  /**
   * Value of a token whose reference the row declared in `tokenRefs`; the empty text where it was
   * erased since.
   */
  tokenValue(ref: string): string;
  /** A new id (UUIDv7). */
  newId(): string;
  /**
   * Seconds that differ a little each time, so that stations which came together do not go on in
   * step: around the given ones by at most `heartbeatSpreadPercent`, or `retrySpreadPercent`.
   */
  spread(seconds: number, of: SpreadOf): number;
  readonly settings: RowSettings;
  /** What is different about the station. */
  readonly quirks: Quirks;
}

/** Settings that an answer may depend on. */
export interface RowSettings {
  /** How a station that is not served is answered at its boot. */
  readonly unknownStations: "reject" | "pending" | "accept";
  /** Seconds. */
  readonly heartbeatInterval: number;
  /** Seconds until a station that was not accepted may boot again. */
  readonly bootRetryInterval: number;
  readonly clockSkewSecondsMax: number;
}

/** What a row's question led to; absent where it asked none, or goes on unasked. */
export type Asked = Answer | undefined;

/** A CALL from the station: one file, one row. */
export interface FromStationRow<Request, Response> {
  readonly direction: "fromStation";
  readonly action: string;
  /** Document, edition and section. */
  readonly spec: string;
  /** Who may send it: `served` stations only (default), or anybody who has a socket (a boot). */
  readonly admission?: "served" | "anybody" | "onceAdmitted";
  /** A fact about a transaction: the same payload again has no second effect, for 400 days. */
  readonly transactional?: (request: Request) => { readonly stationInstant?: string };
  /** Token values in the request, to be known by reference in commands. */
  readonly tokens?: (request: Request) => readonly string[];
  /**
   * A transaction that the message speaks of and the state has forgotten; where the log knows it,
   * the state that the row sees afterwards remembers it.
   */
  readonly recalls?: (request: Request, context: RowContext) => Forgotten | undefined;
  /**
   * What the row must know of add-ons. Where that cannot be known, since the store is away, the
   * call is left unanswered.
   */
  readonly ask?: (request: Request, context: RowContext) => Question | undefined;
  /**
   * What the call tells is recorded even where its question cannot be asked: the answer to the
   * station needs none, and a station gives a fact up after some tries.
   */
  readonly goesUnasked?: true;
  /** Token references in the question's answer (a group), to be opened for our answer. */
  readonly tokenRefs?: (asked: Asked) => readonly string[];
  readonly commands: (request: Request, context: RowContext, asked: Asked) => readonly Command[];
  /** Composed after deciding: `context.state` is the state with the commands' events. */
  readonly answer: (request: Request, context: RowContext, asked: Asked) => Response;
  /** Waits, at most `configurationWaitMs`, until this holds before it answers. */
  readonly answerWhen?: (state: StationState) => boolean;
  /**
   * Repairs what stations get wrong here, with a code for each repair. Only invalid payloads come.
   */
  readonly mend?: (payload: Record<string, unknown>) => Mended;
  /** Oddities of a valid request that are worth counting (`unknownEvse`, `clock1970`). */
  readonly deviations?: (request: Request, context: RowContext) => readonly string[];
  /** Not recorded as an exchange unless tracing is on (Heartbeat). */
  readonly quiet?: true;
}

/** A repaired payload, and the codes of what was repaired. */
export interface Mended {
  readonly payload: Record<string, unknown>;
  readonly deviations: readonly string[];
}

/** A good payload as a station's quirks make it. */
export interface Adapted extends Mended {
  /** It is answered, and nothing follows from it. */
  readonly ignored?: true;
}

/** What a station's answer means for the request and for our state. */
export interface RequestEnd {
  readonly outcome: Extract<Outcome, "accepted" | "rejected" | "notSupported">;
  /** The station's own word. */
  readonly status?: string | undefined;
  /** The rest of the answer in our terms. */
  readonly result?: unknown;
  /** What it changes besides ending the request. */
  readonly commands?: readonly Command[] | undefined;
}

/** What is known of a request when its answer arrives. */
export interface AnswerContext<EventData = unknown> extends RowContext {
  readonly requestId: string;
  /** Data of the row's own event; absent where `RequestOcppCall` sent the call. */
  readonly asked?: EventData | undefined;
}

/** A CALL to the station: one file, one row. */
export interface ToStationRow<EventData, Request, Response> {
  readonly direction: "toStation";
  readonly action: string;
  readonly spec: string;
  /** Event that asks for it; absent where only `RequestOcppCall` sends it. */
  readonly on?: string;
  /** Lower goes first: 0 stops and resets, 1 starts and unlocks, 2 the rest, 3 reports. */
  readonly priority: 0 | 1 | 2 | 3;
  /** Token references in the event, to be opened for the request. */
  readonly tokenRefs?: (event: EventData) => readonly string[];
  readonly request: (event: EventData, context: RowContext) => Request;
  /**
   * Splits what one call cannot bear (a long list) into calls that go out one after the other, as
   * long as each is accepted. They are one request: each call's commands are committed with its
   * answer, and the request ends with what `join` makes of the ends (default: the last one).
   * Calls of `RequestOcppCall` go out as they are.
   */
  readonly chunks?: (request: Request, context: RowContext) => readonly Request[];
  readonly join?: (ends: readonly RequestEnd[]) => RequestEnd;
  /** Token values in our request, which the answer's commands need by reference. */
  readonly tokens?: (request: Request) => readonly string[];
  /**
   * Reads the answer by what went over the wire, so that a call sent by `RequestOcppCall` has the
   * same effects as the named request.
   */
  readonly outcome: (
    response: Response,
    request: Request,
    context: AnswerContext<EventData>,
  ) => RequestEnd;
  /** Repairs what stations get wrong in their answer. */
  readonly mend?: (payload: Record<string, unknown>) => Mended;
  /** A longer or shorter wait than `callTimeoutMs`. */
  readonly timeoutMs?: number;
}

/** An action that goes both ways (DataTransfer). */
export interface BothRow<From, To> {
  readonly direction: "both";
  readonly action: string;
  readonly fromStation: From;
  readonly toStation: To;
}

// biome-ignore lint/suspicious/noExplicitAny: rows of all shapes in one table; each is typed in its file.
export type AnyFromStationRow = FromStationRow<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type AnyToStationRow = ToStationRow<any, any, any>;
export type AnyBothRow = BothRow<AnyFromStationRow, AnyToStationRow>;
export type AnyRow = AnyFromStationRow | AnyToStationRow | AnyBothRow;

/**
 * One version of OCPP: its table and its schemas. `declared` actions are answered `NotSupported` by
 * themselves, and sent by `RequestOcppCall` alone.
 */
export interface OcppVersion {
  /** Subprotocol, for example `ocpp1.6`. */
  readonly protocol: string;
  readonly messages: Readonly<Record<string, AnyRow | "notSupported">>;
  /**
   * Checks a payload; `undefined` is good, else what is wrong, by CALLERROR code of the version.
   */
  readonly check: (
    action: string,
    kind: "request" | "response",
    payload: unknown,
  ) => SchemaFault | undefined;
  /** Schema of an action's payload, for whoever writes one out. */
  readonly schemaOf: SchemaOf;
  /**
   * Checks what was mended: only what a row cannot do without, so that a text that is too long or
   * a word that is in no list does not cost a fact. Strict stations never get here.
   */
  readonly checkMended?: OcppVersion["check"];
  /** Members, at any depth of a payload, that hold the value of a token. */
  readonly tokenMembers?: readonly string[];
  /** Spelling of the CALLERROR codes in this version. */
  readonly errorCodes: ErrorCodes;
  /**
   * Repairs that hold for every action (`null` for `{}`, a number as text), before the row's own;
   * `undefined`: nothing to repair.
   */
  readonly mend?: (
    payload: unknown,
    about: { readonly action: string; readonly kind: "request" | "response" },
  ) => Mended | undefined;
  /** What the quirks of a station make of a good call of it; undefined: nothing. */
  readonly adapt?: (
    payload: unknown,
    about: { readonly action: string; readonly quirks: Quirks; readonly state: StationState },
  ) => Adapted | undefined;
  /** The codes of its rows' deviations. */
  readonly deviations?: Readonly<Record<string, DeviationMeaning>>;
  /** What a boot says the station is; undefined: it is no boot. */
  readonly modelOf?: (action: string, payload: unknown) => Model | undefined;
}

/** What a station is: its quirks go by it. */
export interface Model {
  readonly vendor?: string | undefined;
  readonly model?: string | undefined;
  readonly firmwareVersion?: string | undefined;
}

/** What a deviation is, and the row of the list of field realities that it belongs to. */
export interface DeviationMeaning {
  readonly meaning: string;
  readonly source: string;
}

/** A payload that its schema refuses. */
export interface SchemaFault {
  readonly kind: "missing" | "type" | "value" | "additional";
  /** JSON pointer of the member that is wrong, missing or too much; empty: the payload itself. */
  readonly path: string;
  /** What is wrong there. */
  readonly message: string;
  /** Both in one sentence, for example `/timestamp must match format "date-time"`. */
  readonly description: string;
}

/** Codes of OCPP-J's CALLERROR by what went wrong, in one version's spelling. */
export interface ErrorCodes {
  readonly notImplemented: string;
  readonly notSupported: string;
  readonly internalError: string;
  readonly protocolError: string;
  readonly securityError: string;
  readonly formation: string;
  readonly property: string;
  readonly occurrence: string;
  readonly type: string;
  readonly generic: string;
}

/** Writes a row for a CALL from the station. */
export function fromStation<Request, Response>(
  row: Omit<FromStationRow<Request, Response>, "direction">,
): FromStationRow<Request, Response> {
  return { direction: "fromStation", ...row };
}

/** Writes a row for a CALL to the station. */
export function toStation<EventData, Request, Response>(
  row: Omit<ToStationRow<EventData, Request, Response>, "direction">,
): ToStationRow<EventData, Request, Response> {
  return { direction: "toStation", ...row };
}

/** Joins both directions of one action. */
export function both<
  const Action extends string,
  From extends AnyFromStationRow,
  To extends AnyToStationRow,
>(rows: {
  readonly action: Action;
  readonly fromStation: From;
  readonly toStation: To;
}): BothRow<From, To> & { readonly action: Action } {
  return { direction: "both", ...rows };
}
