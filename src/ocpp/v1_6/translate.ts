// What 1.6 says differently from us: connectors and EVSEs, words, tokens, clocks.
import {
  type AuthorizationAnswer,
  type AuthorizationStatus,
  type Availability,
  type Command,
  oneEvse,
  present,
  type StationState,
  type Status,
  type Target,
  toChargingStation,
  triggerAwaited,
  wholeStation,
} from "#core";
import type { RowContext } from "../message.ts";
import { isoInstant, readInstant } from "../wire/instants.ts";
import type { DeviationCode } from "./deviations.ts";
import type { Request, Response } from "./row.ts";

/** The EVSE, and its connector where the station type tells, behind a wire's `connectorId`. */
export interface Outlet {
  readonly evseId: number;
  readonly connectorId?: number | undefined;
}

/** `connectorId` n is EVSE n unless the type's `ocpp1ConnectorId` says otherwise. */
export function outletOf(state: StationState, connectorId: number): Outlet {
  for (const evse of state.evses) {
    for (const connector of evse.connectors) {
      if (connector.ocpp1ConnectorId !== connectorId) continue;
      return { evseId: evse.evseId, connectorId: connector.connectorId };
    }
  }
  return { evseId: connectorId };
}

/** `connectorId` 0 is the station; a negative one is no more than that. */
export function targetOfConnector(state: StationState, connectorId: number): Target {
  return connectorId < 1 ? wholeStation : oneEvse(outletOf(state, connectorId).evseId);
}

/** EVSE behind a `connectorId` that may be absent or 0; undefined: the station as a whole. */
export function evseIdOf(state: StationState, connectorId: number | undefined): number | undefined {
  if (connectorId === undefined || connectorId < 1) return undefined;
  return outletOf(state, connectorId).evseId;
}

/** `connectorId` of an EVSE; 0 for the station as a whole. */
export function connectorOf(state: StationState, evseId: number | undefined): number {
  if (evseId === undefined) return 0;
  const evse = state.evses.find((known) => known.evseId === evseId);
  const mapped = evse?.connectors.find((one) => one.ocpp1ConnectorId !== undefined);
  return mapped?.ocpp1ConnectorId ?? evseId;
}

/**
 * `connectorId` of a call that may be about any EVSE. Quirk: some models want one in any case, and
 * 0 is none to them; the first EVSE with nothing running is named then.
 */
export function wantedConnector(
  { state, quirks }: Pick<RowContext, "state" | "quirks">,
  action: string,
  evseId: number | undefined,
): number | undefined {
  if (evseId !== undefined) return connectorOf(state, evseId);
  if (quirks.connectorIdFor?.includes(action) !== true) return undefined;
  const { evses, openTransactions } = state;
  const free = evses.find((evse) => !openTransactions.some((open) => open.evseId === evse.evseId));
  return connectorOf(state, (free ?? evses[0])?.evseId ?? 1);
}

/** Whether the station is known to have this EVSE. */
export function isKnownEvse(state: StationState, evseId: number): boolean {
  return state.evses.some((evse) => evse.evseId === evseId);
}

/** A guessed configuration learns of an EVSE from what names it. */
export function evseSeen({ state, key }: RowContext, evseId: number | undefined): Command[] {
  if (evseId === undefined || !state.inferred || isKnownEvse(state, evseId)) return [];
  return [toChargingStation(key, "RecordEvseSeen", { evseId })];
}

const statuses: Readonly<Record<Request<"StatusNotification">["status"] | "Occupied", Status>> = {
  Available: "available",
  Preparing: "preparing",
  Charging: "charging",
  SuspendedEV: "suspendedEv",
  SuspendedEVSE: "suspendedEvse",
  Finishing: "finishing",
  Reserved: "reserved",
  Unavailable: "unavailable",
  Faulted: "faulted",
  // Firmware that speaks 1.6 with the words of 1.5.
  Occupied: "occupied",
};

/** Our word for a status; `unknown` for one that is in no list. */
export function statusOf(word: string): Status {
  return Object.hasOwn(statuses, word) ? statuses[word as keyof typeof statuses] : "unknown";
}

/** 1.6's word for an availability, and ours. */
export const availabilityWords = { operative: "Operative", inoperative: "Inoperative" } as const;

/** Our word for an availability. */
export function availabilityOf(type: Request<"ChangeAvailability">["type"]): Availability {
  return type === "Operative" ? "operative" : "inoperative";
}

/** A token value as it is looked up; undefined where the station named none. */
export function tokenOf(idTag: string | undefined): string | undefined {
  // Quirk: some readers append `;NULL`, others fill up with blanks.
  const value = idTag?.replace(/;NULL$/i, "").trim();
  return value === "" ? undefined : value;
}

/** What is odd about a token. Its value itself is never part of it. */
export function tokenOddities(idTag: string | undefined): readonly DeviationCode[] {
  if (idTag === undefined || idTag === "") return [];
  if (idTag.includes(";")) return ["tokenComposite"];
  return idTag === idTag.trim() ? [] : ["tokenPadded"];
}

type IdTagInfo = Response<"Authorize">["idTagInfo"];

/** 1.6's words for what became of a token. */
export const tokenStatuses: Readonly<Record<AuthorizationStatus, IdTagInfo["status"]>> = {
  accepted: "Accepted",
  blocked: "Blocked",
  expired: "Expired",
  invalid: "Invalid",
  concurrentTransaction: "ConcurrentTx",
};

/** The answer to a station about a token. `ConcurrentTx` is a word for the start alone. */
export function idTagInfoOf(
  answer: AuthorizationAnswer | undefined,
  at: "start" | "elsewhere",
  context: RowContext,
): IdTagInfo {
  if (answer === undefined) return { status: "Invalid" };
  const concurrent = answer.status === "concurrentTransaction" && at === "elsewhere";
  return present({
    expiryDate: answer.expiresAt,
    parentIdTag: wireToken(answer.groupTokenRef, context),
    status: concurrent ? "Accepted" : tokenStatuses[answer.status],
  });
}

/** References in an answer that `idTagInfoOf` opens. */
export function groupsOf(answer: AuthorizationAnswer | undefined): readonly string[] {
  return answer?.groupTokenRef === undefined ? [] : [answer.groupTokenRef];
}

/** A token's value if the wire can carry it: 20 characters at most, and not erased. */
export function wireToken(ref: string | undefined, context: RowContext): string | undefined {
  const value = ref === undefined ? "" : context.tokenValue(ref);
  return value === "" || value.length > 20 ? undefined : value;
}

/** When something happened at a station. */
export interface StationInstant {
  /** By the station's clock where that is plausible, else our instant. */
  readonly at: string;
  /** What the station wrote, where that could not be taken; empty where it wrote nothing. */
  readonly stationText?: string | undefined;
  readonly oddity?: DeviationCode | undefined;
}

/**
 * Reads a station's instant. A clock that was never set, or is ahead by more than the setting, is
 * replaced by our instant; a past one is kept, because stations that were offline tell of the past.
 */
export function instantOf(text: string | undefined, context: RowContext): StationInstant {
  const { at, settings } = context;
  if (text === undefined) return { at, stationText: "", oddity: "timeMissing" };
  const iso = isoInstant(text);
  const oddity = iso === undefined ? "timeUnreadable" : clockOddity(iso, { at, settings });
  return iso === undefined || oddity !== undefined
    ? { at, stationText: text.slice(0, 64), oddity }
    : { at: iso };
}

function clockOddity(
  iso: string,
  { at, settings }: Pick<RowContext, "at" | "settings">,
): DeviationCode | undefined {
  if (iso < "2000") return "clockNotSet";
  if (iso <= at) return undefined;
  const aheadMs = (readInstant(iso)?.ms ?? 0) - (readInstant(at)?.ms ?? 0);
  return aheadMs > settings.clockSkewSecondsMax * 1000 ? "clockAhead" : undefined;
}

/** An instant of an answer, normalised; undefined where it cannot be read. */
export function readableInstant(text: string | undefined): string | undefined {
  return text === undefined ? undefined : isoInstant(text);
}

/** The message that a trigger asked for has come; nothing where no trigger waits for one. */
export function triggered(context: RowContext, message: string, evseId?: number): Command[] {
  const { state, key, at } = context;
  const awaited = triggerAwaited(state, { message, evseId, at });
  if (awaited === undefined) return [];
  const data = present({ message, evseId, at });
  const { correlationId } = awaited;
  return [{ ...toChargingStation(key, "RecordTriggeredMessage", data), correlationId }];
}

/** A text that a station filled in for the sake of it counts as none. */
export function textOf(text: string | undefined): string | undefined {
  const plain = text?.trim();
  return plain === "" || plain === "null" ? undefined : plain;
}

/** The same as a list, for a row's `tokens`. */
export function tokensOf(idTag: string | undefined): readonly string[] {
  const token = tokenOf(idTag);
  return token === undefined ? [] : [token];
}

/** What is odd about a transaction's number: 0 is none, others may be those of a former CSMS. */
export function transactionOddities(
  state: StationState,
  transactionId: number | undefined,
): readonly DeviationCode[] {
  if (transactionId === undefined) return [];
  if (transactionId === 0) return ["transactionZero"];
  const known = [...state.openTransactions, ...state.closedTransactions];
  const isOurs = known.some((entry) => entry.transactionNumber === transactionId);
  return isOurs ? [] : ["transactionUnknown"];
}
