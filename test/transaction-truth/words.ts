// Events, answers and items of the API in the words of the cases, by rule: what is not ordinary is
// said, so that nothing unexpected can hide.

import type { Item } from "./house.ts";
import { said } from "./instants.ts";
import type { StoredEvent } from "./names.ts";
import type { Answered } from "./world.ts";

type Names = ReadonlyMap<string, string>;

/** Ordinary, and therefore not said. */
const mainMeasurand = "Energy.Active.Import.Register";

/** What an event says; undefined for what is told elsewhere (flags) or about the station. */
export function wordsOfEvent(event: StoredEvent, names: Names): string | undefined {
  const [category, key = ""] = event.stream.split("/");
  if (category === "meter") return meterWords(event.data);
  if (category !== "transaction" || event.type === "TransactionFlagged") return undefined;
  const tell = sentences[event.type];
  if (tell === undefined) throw new Error(`no words for ${event.type}`);
  return `${names.get(key) ?? "?"} ${tell(event.data)}`;
}

/** Session and reason of a flag; undefined for another event. */
export function flagOf({ type, stream, data }: StoredEvent, names: Names) {
  if (type !== "TransactionFlagged") return undefined;
  return { name: names.get(stream.replace(/^transaction\//, "")), reason: String(data.reason) };
}

const sentences: Readonly<Record<string, (data: Item) => string>> = {
  TransactionStarted: (data) => `starts ${beginningWords(data)}`,
  TransactionStartCorrected: (data) => {
    const energy = data.energyMilliWh === undefined ? "" : `: ${whOf(data.energyMilliWh)}`;
    return `has started before that ${beginningWords(data)}${energy}`;
  },
  MeterValuesSampled: ({ samples }) => `is sampled ${sampleWords(samples)}`,
  TransactionStopped: (data) => `stops ${endWords(data)}`,
  TransactionEndEstimated: (data) => `is taken to have ended ${endWords(data)}`,
  TransactionEndCorrected: (data) => `has ended after all ${endWords(data)}`,
  TransactionStopRepeated: (data) => `is said to have stopped ${endWords(data)}, kept beside`,
  TransactionReviewed: () => "was looked at",
};

function beginningWords(data: Item): string {
  return `${instantAndMeter(data.startedAt, data.meterStartMilliWh)}${aside([
    data.evseId === 1 ? "" : `EVSE ${data.evseId}`,
    stationsOwn(data.stationStartedAt),
    numberWords(data.wireTransactionNumber),
    data.tokenRef === undefined ? "no token" : "",
    tokenStatus(data.authorization as Item | undefined),
    data.reservationId === undefined ? "" : "reserved",
    data.requestId === undefined ? "" : "asked for",
  ])}`;
}

function endWords(data: Item): string {
  const energy = data.energyMilliWh === undefined ? "" : `: ${whOf(data.energyMilliWh)}`;
  const reason = data.reason === undefined ? "" : `, ${data.reason}`;
  return `${instantAndMeter(data.stoppedAt, data.meterStopMilliWh)}${energy}${reason}${aside([
    stationsOwn(data.stationStoppedAt),
    data.repeatOf === undefined ? "" : "a repetition",
    data.requestId === undefined ? "" : "asked for",
  ])}`;
}

function meterWords({ evseId, samples }: Item): string {
  const whose = evseId === 0 ? "the main meter" : `the meter of EVSE ${evseId}`;
  return `${whose}, in no session: ${sampleWords(samples)}`;
}

function sampleWords(samples: unknown): string {
  return (samples as readonly Item[])
    .map(({ at, measurand, milli, unit, context, text }) => {
      const number = milli === undefined ? "" : Number(milli) / 1000;
      const special = measurand === mainMeasurand ? "" : `${measurand} `;
      const notes = aside([
        context === "Sample.Periodic"
          ? ""
          : String(context)
              .replace(/^\w+\./, "")
              .toLowerCase(),
        text === undefined ? "" : `written ${text}`,
      ]);
      return `${said(at)} ${special}${number} ${unit}${notes}`;
    })
    .join("; ");
}

function instantAndMeter(at: unknown, milliWh: unknown): string {
  return milliWh === undefined ? `${said(at)}, no meter` : `${said(at)} at ${whOf(milliWh)}`;
}

function whOf(milliWh: unknown): string {
  return `${Number(milliWh) / 1000} Wh`;
}

function stationsOwn(text: unknown): string {
  if (text === undefined) return "";
  return text === "" ? "without a time" : `by its clock ${text}`;
}

/** Numbers that Motown gives are great and random: which one it was is of no interest. */
function numberWords(number: unknown): string {
  if (number === undefined) return "";
  return Number(number) >= 2 ** 20 ? "another's number" : `the wire's number ${number}`;
}

function tokenStatus(authorization: Item | undefined): string {
  if (authorization === undefined || authorization.status === "accepted") return "";
  return String(authorization.status);
}

function aside(notes: readonly string[]): string {
  const told = notes.filter((note) => note !== "");
  return told.length === 0 ? "" : ` (${told.join(", ")})`;
}

/** What an answer says. `numbers`: the sessions that the CSMS's numbers name. */
export function wordsOfAnswer(answer: Answered, numbers: ReadonlyMap<unknown, string>): string {
  if (answer === "no answer") return answer;
  if ("refused" in answer) return `refused: ${answer.refused}`;
  const { status = "recorded", number } = answer;
  return number === undefined ? status : `${numbers.get(number) ?? "?"}: ${status}`;
}

/** A session as the API shows it. */
export function wordsOfSession(item: Item, names: Names): string {
  const { state, startedAt, evseId, transactionId, repeatOf } = item;
  const begun = state === "active" ? `, ${said(startedAt)}, ` : `, ${said(startedAt)}–`;
  const place = evseId === 1 ? "" : ` on EVSE ${evseId}`;
  const others = (item.otherEnds as readonly Item[]).map(
    (end) => `; ${end.end === "estimated" ? "before" : "beside"}: ${shownEnd(end)}`,
  );
  const repeats = repeatOf === undefined ? "" : `, repeats ${names.get(String(repeatOf))}`;
  return [
    `${names.get(String(transactionId))} ${state}${place}${begun}`,
    `${shownEnd(item)}${repeats}`,
    ...others,
  ].join("");
}

function shownEnd({ stoppedAt, energyWh, meterStopWh, stopReason, end }: Item): string {
  const energy = energyWh === undefined ? "energy unknown" : `${energyWh} Wh`;
  const what = end === "repeated" ? `at ${meterStopWh} Wh` : energy;
  const time = stoppedAt === undefined ? "" : `${said(stoppedAt)}, `;
  return `${time}${what}${stopReason === undefined ? "" : `, ${stopReason}`}`;
}

/** A session that is flagged, and why; undefined where nobody need look. */
export function wordsOfReviews(item: Item, names: Names): string | undefined {
  const reviews = item.reviews as readonly string[];
  if (reviews.length === 0) return undefined;
  return `${names.get(String(item.transactionId))}: ${[...reviews].sort().join(", ")}`;
}
