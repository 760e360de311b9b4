// Repairs of 1.6: meter values in the shapes of 1.5 first, then what the schema alone can tell.
import type { Mended, OcppVersion } from "../message.ts";
import type { DeviationCode } from "./deviations.ts";
import { mendBySchema } from "./schemas.ts";

type Members = Record<string, unknown>;

/** Member that holds meter values, by action. */
const meterMembers: Readonly<Record<string, string>> = {
  MeterValues: "meterValue",
  StopTransaction: "transactionData",
};

/** Repairs a payload that its schema refuses. */
export const mend: NonNullable<OcppVersion["mend"]> = (payload, about) => {
  const member = about.kind === "request" ? meterMembers[about.action] : undefined;
  const shaped = member === undefined ? undefined : withMeterShape(payload, member);
  const general = mendBySchema(shaped?.payload ?? payload, about);
  if (shaped === undefined) return general;
  return {
    payload: general?.payload ?? shaped.payload,
    deviations: [...shaped.deviations, ...(general?.deviations ?? [])],
  };
};

function withMeterShape(payload: unknown, member: string): Mended | undefined {
  if (!isMembers(payload)) return undefined;
  const { values, ...rest } = payload;
  const given = payload[member] ?? values;
  if (given === undefined || given === null) return undefined;
  const found = new Set<DeviationCode>();
  const meterValues = listOf(given).flatMap((one) => meterValueOf(one, found));
  if (payload[member] === undefined) found.add("meterValueShape");
  // In the shape of 1.5 it may be one thing.
  if (!Array.isArray(given) && !found.has("meterValueShape")) found.add("singleNotArray");
  if (found.size === 0) return undefined;
  const kept = payload[member] === undefined ? rest : payload;
  return { payload: { ...kept, [member]: meterValues }, deviations: [...found] };
}

function meterValueOf(one: unknown, found: Set<DeviationCode>): unknown[] {
  if (!isMembers(one)) return [one];
  const { values, value, ...rest } = one;
  const nested = listOf(values).some((inner) => isMembers(inner) && "timestamp" in inner);
  if (nested && one.timestamp === undefined) {
    found.add("meterValueShape");
    return listOf(values).flatMap((inner) => meterValueOf(inner, found));
  }
  const given = one.sampledValue ?? values ?? value;
  if (one.sampledValue === undefined) found.add("meterValueShape");
  if (isMembers(one.sampledValue)) found.add("singleNotArray");
  const sampledValue = listOf(given).flatMap((inner) => sampledValueOf(inner, found));
  return [{ ...(one.sampledValue === undefined ? rest : one), sampledValue }];
}

function sampledValueOf(one: unknown, found: Set<DeviationCode>): unknown[] {
  if (one === null) return [one];
  if (!isMembers(one)) {
    found.add("meterValueShape");
    return [{ value: one }];
  }
  if (one.value !== undefined && one.value !== null) return [one];
  found.add("valueMissing");
  return [];
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
