import type { Step } from "./steps.ts";

/** What a version must have for a case to mean something in it. */
export type Trait =
  /** The CSMS numbers transactions, so that a station can name a wrong number. */
  | "numbersOfCsms"
  /** The station reads its meter at start and stop into the message itself. */
  | "meterInMessage";

/**
 * One scripted case. Sessions are A, B, C in the order in which the log learns of them. What is
 * expected is written in the words of `words.ts`, into which events, answers and items of the API
 * are put by the same rules; they are also the words of docs/transaction-truth.md.
 */
export interface TruthCase {
  readonly title: string;
  /** Rows of the list of known field realities that it comes from, or the rule that asks for it. */
  readonly from: string;
  readonly needs?: readonly Trait[];
  /** Its station says what the schema forbids. */
  readonly crooked?: true;
  /** On disk, since Motown dies in it. */
  readonly durable?: true;
  readonly story: readonly Step[];
  /** All events of transactions and meters but flags, oldest first. */
  readonly stored: readonly string[];
  /** Answers to what was told about sessions, in order. */
  readonly answered: readonly string[];
  /** Every session that the API lists. */
  readonly shown: readonly string[];
  /** Sessions that a person shall look at, and why. */
  readonly flagged: readonly string[];
}

/** Cases that belong together, and what they are about in one sentence. */
export interface TruthGroup {
  readonly title: string;
  readonly about: string;
  readonly cases: readonly TruthCase[];
}
