import type { AuthorizationAnswer, StationKey } from "#core";

/** May this token charge at this station, at this instant? */
export interface AuthorizeToken {
  readonly question: "AuthorizeToken";
  readonly station: StationKey;
  readonly tokenRef: string;
  /** Why it is asked: a start counts against the token's concurrency, a swipe does not. */
  readonly purpose: "authorize" | "start" | "stop";
  /** The instant to judge by: a transaction made offline is judged at its own time. */
  readonly at: string;
  /** The transaction that the token is said to run already, where it must not count. */
  readonly transactionId?: string | undefined;
}

/** A station sent a vendor-specific message: what is the answer? */
export interface IncomingDataTransfer {
  readonly question: "IncomingDataTransfer";
  readonly station: StationKey;
  readonly vendorId: string;
  readonly messageId?: string | undefined;
  readonly data?: string | undefined;
}

/** A question that an add-on answers, with a deadline. */
export type Question = AuthorizeToken | IncomingDataTransfer;
export type QuestionName = Question["question"];

/** What the add-on says of an incoming data transfer. */
export interface DataTransferAnswer {
  readonly status: "accepted" | "rejected" | "unknownMessageId" | "unknownVendorId";
  readonly data?: string;
  /** Name of the add-on; `none` where no one answered. */
  readonly provider: string;
}

/** Answer of each question. */
export interface AnswerOf {
  readonly AuthorizeToken: AuthorizationAnswer;
  readonly IncomingDataTransfer: DataTransferAnswer;
}

export type Answer = AnswerOf[QuestionName];

/** A question under way, as who answers it sees it. */
export interface Asking {
  /** Waits for what is read of the store or the views: while it lasts, it is they who are slow. */
  readonly read: <T>(reading: Promise<T>) => Promise<T>;
  /** Its time has ended; an answer comes too late. */
  readonly isOver: boolean;
}

/**
 * Asks add-ons. While the store and the views are well, no answer is an answer, of provider `none`:
 * nobody knows, an add-on has failed, or it is silent for longer than `authorizeTimeoutMs`. Where
 * they cannot be read, or do not catch up, nobody can know, and the question fails with
 * `StoreUnavailable`, as a commit does: what came of a guess would be acknowledged for good, and
 * who was not answered asks again.
 */
export interface Questions {
  ask<Q extends Question>(question: Q): Promise<AnswerOf[Q["question"]]>;
  /** Registers who answers; `undefined` from an answerer passes the question on to the next. */
  answer<N extends QuestionName>(
    name: N,
    provider: string,
    answerer: (
      question: Extract<Question, { question: N }>,
      asking: Asking,
    ) => Promise<AnswerOf[N] | undefined>,
  ): void;
}
