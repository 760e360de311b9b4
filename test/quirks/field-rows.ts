// The rows of the list of field realities (docs/quirks.md) and what is done about each. A row that
// has no fixture needs a reason.
import type { QuirkName } from "../../src/ocpp/quirks/flags.ts";

interface FieldRow {
  readonly row: string;
  readonly reality: string;
  readonly handling: "always" | "profile" | "notApplicable";
  /** Quirks that a profile says for it; none for a profile row: code alone could do it. */
  readonly quirks?: readonly QuirkName[];
  readonly why?: string;
}

const always = (row: string, reality: string): FieldRow => ({ row, reality, handling: "always" });
const profile = (row: string, reality: string, ...quirks: readonly QuirkName[]): FieldRow => ({
  row,
  reality,
  handling: "profile",
  quirks,
});
const none = (row: string, reality: string, why: string): FieldRow => ({
  row,
  reality,
  handling: "notApplicable",
  why,
});

/** All rows, in order. */
export const fieldRows: readonly FieldRow[] = [
  profile("T1", "no subprotocol, or an unknown one", "defaultProtocol"),
  always("T2", "a handshake without Connection: Upgrade"),
  profile("T3", "the id in other places and spellings of the path", "idSegments"),
  profile("T4", "passwords as bytes or as hex digits, names in other letters", "passwordAs"),
  always("T5", "two live sockets of one id"),
  profile("T6", "pings unanswered, or other ones awaited", "silenceSeconds", "pingIntervalSeconds"),
  profile("T7", "middleboxes that cut idle sockets", "pingIntervalSeconds"),
  none(
    "T8",
    "thousands reconnect at once",
    "It is about a fleet, not a frame: bench/ measures the storm; limits and spread are settings.",
  ),
  profile("T9", "long frames end a station's connection", "sentFrameBytesMax"),
  profile("T10", "very long frames of a station", "receivedFrameBytesMax"),
  profile("T11", "empty frames, leading commas, members without a value", "repairJson"),
  none("T12", "SOAP without MessageID or From", "It is about SOAP; only JSON is spoken so far."),
  always("R1", "a message id comes again"),
  always("R2", "a message id that is empty, null or a number"),
  always("R3", "null for an empty payload"),
  always("R4", "several calls before an answer"),
  always("R5", "an answer after its time"),
  always("R6", "CALLERROR codes that nobody knows"),
  always("R7", "configuration values of the wrong type"),
  profile("R8", "calls that are never answered", "callTimeoutSeconds"),
  always("R9", "one call in flight"),
  always("B1", "a status before the boot"),
  profile("B2", "no boot after a reconnect", "triggerBootAfterSeconds"),
  always("B3", "the boot again and again"),
  profile("B4", "Pending is not understood", "neverPending"),
  profile("B5", "one interval taken for the other", "bootIntervalSeconds"),
  always("B6", "a status before the start or stop it goes with"),
  always("B7", "a status that is stuck"),
  always("B8", "error codes in no list"),
  always("B9", "timestamps without zone, of 1970, of tomorrow"),
  always("B10", "names and words in other letters"),
  {
    row: "B11",
    reality: "MeterValuesSampledData rejected as a whole",
    handling: "profile",
    quirks: [],
    why: "Trying measurand by measurand is code; the settings of a type name what it takes.",
  },
  always("B12", "SupportedFeatureProfiles wrong or missing"),
  profile("B13", "ChangeAvailability breaks the station", "neverSend"),
  always("B14", "vendor and model empty or too long"),
  profile("B15", "TriggerMessage without connectorId is rejected", "connectorIdFor"),
  profile("X1", "tokens padded, composite, too long", "tokenCleaning"),
  always("X2", "a start without Authorize"),
  always("X3", "reservation 0, transaction 0"),
  always("X4", "a transaction number that is not ours"),
  profile("X5", "a stop of transaction 0 too much", "ignoreStopZero"),
  always("X6", "a start that comes again"),
  always("X7", "a start without the stop before it"),
  always("X8", "a stop without a start, months late, twice"),
  always("X9", "transaction numbers that a station can hold"),
  always("X10", "the stop's tag is another one"),
  profile("X11", "a remote start without connectorId is ignored", "connectorIdFor", "advice"),
  always("X12", "a remote start that nothing follows"),
  always("X13", "a stop and no wait for its answer"),
  none("X14", "a start by a button", "It is about 2.0.1, which is not spoken so far."),
  none("X15", "TransactionEvents out of order", "It is about 2.x, which is not spoken so far."),
  always("M1", "meter values in other shapes"),
  always("M2", "values that are hardly numbers"),
  profile("M3", "units in other words, or the wrong ones", "meterUnits", "registerUnit"),
  profile("M4", "meter values of connector 0", "connectorZeroIs"),
  profile("M5", "totals that contradict their phases", "totalFromPhases"),
  profile("M6", "a register that begins anew with each session", "registerPerSession"),
  profile("M7", "clock-aligned samples among the others", "meterContexts"),
  profile("M8", "a stop one watt-hour before its start", "meterToleranceWh"),
  profile("M9", "meter values only when asked for", "pollMeterValuesSeconds"),
  always("M10", "signed data as if it were a number"),
  always("M11", "the same values again after a reconnect"),
];
