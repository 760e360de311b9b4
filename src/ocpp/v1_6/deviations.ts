import type { RepairCode } from "../wire/mend.ts";

interface Deviation {
  readonly meaning: string;
  /** Row of the list of known field realities that it is; `schema` where none says more. */
  readonly source: string;
}

/** Every deviation that is noticed in 1.6: the code that is counted, and what it means. */
export const deviations = {
  payloadNotAnObject: { meaning: "The payload is null or empty instead of {}.", source: "R3" },
  schemaViolation: { meaning: "The schema refuses it for a reason of its own.", source: "schema" },
  unknownMember: { meaning: "A member that the schema does not know was left out.", source: "R6" },
  memberSpelling: { meaning: "A member's name is in other letters.", source: "R6" },
  nullMember: { meaning: "A member is null instead of absent.", source: "R3" },
  nullElement: { meaning: "A list has null elements.", source: "M1" },
  singleNotArray: { meaning: "One thing stands where a list belongs.", source: "M1" },
  numberAsText: { meaning: "A number or boolean stands where a text belongs.", source: "R7" },
  textAsNumber: { meaning: "A text stands where a number belongs.", source: "M2" },
  textAsBoolean: { meaning: "A text or number stands where a boolean belongs.", source: "R7" },
  numberNotWhole: { meaning: "A number has decimals where a whole one belongs.", source: "M2" },
  numberTooLarge: { meaning: "A whole number is beyond all sense; the nearest.", source: "schema" },
  emptyText: { meaning: "An optional member is an empty text.", source: "M2" },
  textTooLong: { meaning: "A text is longer than the schema allows.", source: "B14" },
  wordSpelling: { meaning: "A word of a list is in other letters.", source: "B10" },
  wordUnknown: { meaning: "A word is in no list of the specification.", source: "B8" },
  timeSpelling: { meaning: "A timestamp is not written as RFC 3339 says.", source: "B9" },
  timeWithoutZone: { meaning: "A timestamp has no zone; it is taken for UTC.", source: "B9" },
  timeUnreadable: { meaning: "A timestamp cannot be read; our instant is used.", source: "B9" },
  timeMissing: { meaning: "A timestamp is missing; our instant is used.", source: "B9" },
  clockNotSet: { meaning: "The station's clock was never set; our instant is used.", source: "B9" },
  clockAhead: { meaning: "The station's clock is far ahead; our instant is used.", source: "B9" },
  tokenTooLong: { meaning: "An idTag is longer than 20 characters.", source: "X1" },
  tokenComposite: { meaning: "An idTag is made of several parts.", source: "X1" },
  tokenPadded: { meaning: "An idTag has blanks around it.", source: "X1" },
  tokenMissing: { meaning: "An idTag is missing or empty where one is needed.", source: "X10" },
  transactionUnknown: { meaning: "A transaction has a number that is not ours.", source: "X4" },
  transactionZero: { meaning: "A transaction has the number 0, which is none.", source: "X5" },
  repeatedCall: { meaning: "A start or stop that was told and answered before.", source: "X6" },
  reservationZero: { meaning: "A reservation has the number 0, which is none.", source: "X3" },
  reservationUnknown: { meaning: "A start names a reservation that is not known.", source: "X3" },
  meterMissing: { meaning: "A start or stop says no meter reading.", source: "M9" },
  evseUnknown: { meaning: "An EVSE is named that the station is not known to have.", source: "X4" },
  connectorZero: { meaning: "connectorId 0 stands where a connector belongs.", source: "M4" },
  errorCodeMissing: { meaning: "A status came without an error code.", source: "B8" },
  errorCodeUnknown: { meaning: "An error code is in no list; OtherError is meant.", source: "B8" },
  statusUnknown: { meaning: "A status is in no list of the specification.", source: "B8" },
  textNull: { meaning: 'An optional text is the word "null".', source: "B8" },
  vendorMissing: { meaning: "A boot says no vendor or no model.", source: "B14" },
  meterValueShape: { meaning: "Meter values are in the shape of 1.5.", source: "M1" },
  valueMissing: { meaning: "A sampled value has no value; it was left out.", source: "M1" },
  valueUnreadable: { meaning: "A sampled value is no number; it was left out.", source: "M2" },
  valueTooLarge: { meaning: "A sampled value is beyond all sense; it was left out.", source: "M2" },
  unitSpelling: { meaning: "A unit is spelt in a way of its own.", source: "M3" },
  unitUnknown: { meaning: "A unit that is not known; the value is kept as it is.", source: "M3" },
  tokenCleaned: { meaning: "A reader's text was cut to the token that it means.", source: "X1" },
  stopIgnored: { meaning: "A stop of transaction 0 that this model sends too much.", source: "X5" },
  unitCorrected: { meaning: "This model counts in another unit than it says.", source: "M3" },
  totalDerived: { meaning: "A total was computed, since it contradicts its phases.", source: "M5" },
  registerPerSession: { meaning: "A register that begins anew with each session.", source: "M6" },
  contextChanged: { meaning: "This model gives samples another context.", source: "M7" },
  meterBackwards: { meaning: "A meter stopped a little before its start.", source: "M8" },
  signedDataNotMarked: { meaning: "Signed data came as if it were a number.", source: "M10" },
} as const satisfies Readonly<Record<string, Deviation>> & Readonly<Record<RepairCode, Deviation>>;

/** Code of a deviation. */
export type DeviationCode = keyof typeof deviations;
