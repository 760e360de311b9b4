/** What must always hold, in words. A check names the one that does not. */
export const invariants = {
  oneAnswer: "every CALL gets one answer or none, on its own socket",
  rightAnswer: "an answer has the shape that its version gives it",
  oneInFlight: "at most one CALL to a station is in flight",
  durableFirst: "what is acknowledged is in the log by then",
  exactlyOnce: "an acknowledged fact is in the log exactly once",
  sameNumber: "a session has one number for ever",
  energy: "the Wh of the log and the views are the Wh that the meters gave",
  views: "views that are built again are the views that are there",
  admission: "nobody speaks who may not, and whoever may is heard",
  knownToken: "no station is told that nobody knows a token which was accepted all the time",
  limits: "every queue stays within its limit",
  onceAsked: "a request is sent at most once and has at most one end, which has a name",
  ownership: "what a station says is written by the holder of its newest connection alone",
  tenure: "one node at a time does what one node should, each under an epoch of its own",
  eventOrder: "each node hands out the log's events in their order, without a gap",
  settles: "once the faults stop, everything settles within its deadline",
  noBug: "the product reports no bug of its own",
  virtual: "nothing reads the real clock, or throws real dice",
} as const;

/** Name of an invariant. */
export type Invariant = keyof typeof invariants;

/** One broken invariant, and how. */
export interface Violation {
  readonly invariant: Invariant;
  readonly detail: string;
  readonly step: number;
  readonly at: string;
}

/** Tells that an invariant is broken. */
export type Violate = (invariant: Invariant, detail: string) => void;
