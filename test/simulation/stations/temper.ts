/** How a station behaves: chances from 0 to 1, and how often it does what. */
export interface Temper {
  /** `none`: 1970 at each start. */
  readonly clock: "right" | "none";
  readonly skewMs: number;
  /** Mean time between two cars at an EVSE, of a session, between two samples. */
  readonly idleMs: number;
  readonly sessionMs: number;
  readonly sampleMs: number;
  /** Mean time between two things that come to its mind. */
  readonly museMs: number;
  readonly chatty: number;
  readonly foolish: number;
  /** Sends calls without waiting for answers. */
  readonly impatient: number;
  /** Speaks although it was not accepted. */
  readonly pushy: number;
  /** Uses the same message id for the same fact again. */
  readonly sameId: number;
  /** How it treats a call of Motown: the rest of the chances is to accept it. */
  readonly refuses: number;
  readonly errs: number;
  readonly ignores: number;
  readonly answersTwice: number;
  readonly answersLate: number;
  readonly answersAmiss: number;
}

/** The same station with nothing but good manners. */
export function rest(temper: Temper): Temper {
  return {
    ...temper,
    chatty: 0,
    foolish: 0,
    impatient: 0,
    ignores: 0,
    answersTwice: 0,
    answersLate: 0,
    answersAmiss: 0,
  };
}
