// What a station's quirks make of its calls: payloads as they should have been said. Only calls of
// stations with a profile come here, and none of strict ones.
import type { StationState } from "#core";
import type { Adapted, OcppVersion, Quirks, TokenCleaning } from "../message.ts";
import { milliOf, plainOf } from "../wire/decimals.ts";
import type { DeviationCode } from "./deviations.ts";
import type { Request } from "./row.ts";
import { textOf } from "./translate.ts";

type MeterValue = Request<"MeterValues">["meterValue"][number];
type Sampled = MeterValue["sampledValue"][number];

interface Adapting {
  readonly quirks: Quirks;
  readonly state: StationState;
  readonly found: Set<DeviationCode>;
}

/** A boot's own words, before anything is mended in them. */
export const modelOf: NonNullable<OcppVersion["modelOf"]> = (action, payload) => {
  if (action !== "BootNotification" || typeof payload !== "object") return undefined;
  const said = new Map(Object.entries(payload ?? {}));
  const text = (member: string) => {
    const value: unknown = said.get(member);
    return typeof value === "string" ? textOf(value) : undefined;
  };
  return {
    vendor: text("chargePointVendor"),
    model: text("chargePointModel"),
    firmwareVersion: text("firmwareVersion"),
  };
};

/** Undefined where its quirks are nothing to this call. */
export const adapt: NonNullable<OcppVersion["adapt"]> = (payload, { action, quirks, state }) => {
  if (!Object.hasOwn(adapters, action)) return undefined;
  const adapter = adapters[action as keyof typeof adapters];
  const adapting: Adapting = { quirks, state, found: new Set() };
  const adapted = adapter(payload as never, adapting);
  const { found } = adapting;
  if (found.size === 0) return undefined;
  const saysNothing = "meterValue" in adapted && adapted.meterValue.length === 0;
  const ignored: Pick<Adapted, "ignored"> =
    saysNothing || found.has("stopIgnored") ? { ignored: true } : {};
  return { payload: adapted, deviations: [...found], ...ignored };
};

const adapters = {
  Authorize: (request: Request<"Authorize">, adapting: Adapting) => withToken(request, adapting),
  StartTransaction: (request: Request<"StartTransaction">, adapting: Adapting) => {
    const start = withConnector(withToken(request, adapting), adapting);
    return { ...start, meterStart: startRegister(start.meterStart, adapting) };
  },
  StopTransaction: (request: Request<"StopTransaction">, adapting: Adapting) => {
    const { quirks, found } = adapting;
    if (quirks.ignoreStopZero === true && request.transactionId === 0) found.add("stopIgnored");
    const stop = withToken(request, adapting);
    const meterStop = stopRegister(stop, adapting);
    if (stop.transactionData === undefined) return { ...stop, meterStop };
    const transactionData = stop.transactionData.flatMap((one) => meterValueOf(one, adapting));
    return { ...stop, meterStop, transactionData };
  },
  MeterValues: (request: Request<"MeterValues">, adapting: Adapting) => ({
    ...withConnector(request, adapting),
    meterValue: request.meterValue.flatMap((one) => meterValueOf(one, adapting)),
  }),
};

function withToken<T extends { readonly idTag?: string }>(request: T, adapting: Adapting): T {
  const { quirks, found } = adapting;
  if (quirks.tokenCleaning === undefined || request.idTag === undefined) return request;
  const idTag = cleanToken(request.idTag, quirks.tokenCleaning);
  if (idTag === request.idTag) return request;
  found.add("tokenCleaned");
  return { ...request, idTag };
}

/** A reader's text as the token that it means; see docs/quirks.md for the order of the steps. */
export function cleanToken(text: string, cleaning: TokenCleaning): string {
  const { keepAfter, cutAt, dropPrefix, dropSuffix, lengthMax } = cleaning;
  let token = text.trim();
  if (keepAfter !== undefined && token.includes(keepAfter)) {
    token = token.slice(token.indexOf(keepAfter) + keepAfter.length);
  }
  if (cutAt !== undefined && token.includes(cutAt)) token = token.slice(0, token.indexOf(cutAt));
  if (dropPrefix !== undefined && token.startsWith(dropPrefix)) {
    token = token.slice(dropPrefix.length);
  }
  if (dropSuffix !== undefined && token.endsWith(dropSuffix)) {
    token = token.slice(0, -dropSuffix.length);
  }
  if (cleaning.dropLeadingZeros === true) token = token.replace(/^0+(?=.)/, "");
  if (cleaning.reverseBytes === true && /^([0-9a-f]{2})+$/i.test(token)) {
    token = (token.match(/../g) ?? []).reverse().join("");
  }
  return (lengthMax === undefined ? token : token.slice(0, lengthMax)).trim();
}

function withConnector<T extends { readonly connectorId: number }>(
  request: T,
  { quirks, found }: Adapting,
): T {
  const { connectorZeroIs } = quirks;
  if (connectorZeroIs === undefined || request.connectorId !== 0) return request;
  found.add("connectorZero");
  return { ...request, connectorId: connectorZeroIs };
}

function startRegister(meterStart: number, adapting: Adapting): number {
  const { quirks, found } = adapting;
  if (quirks.registerPerSession !== true) return inWattHours(meterStart, adapting);
  if (meterStart !== 0) found.add("registerPerSession");
  return 0;
}

function stopRegister(stop: Request<"StopTransaction">, adapting: Adapting): number {
  const { quirks, state, found } = adapting;
  const meterStop = inWattHours(stop.meterStop, adapting);
  const { meterToleranceWh } = quirks;
  if (meterToleranceWh === undefined || meterStop === undefined) return meterStop;
  const started = state.openTransactions.find(
    (open) => open.transactionNumber === stop.transactionId,
  );
  const missingMilliWh = (started?.meterStartMilliWh ?? 0) - meterStop * 1000;
  if (missingMilliWh <= 0 || missingMilliWh > meterToleranceWh * 1000) return meterStop;
  found.add("meterBackwards");
  return (started?.meterStartMilliWh ?? 0) / 1000;
}

/** A register whose model counts in kWh where watt-hours belong. */
function inWattHours(register: number, { quirks, found }: Adapting): number {
  if (quirks.registerUnit !== "kWh" || register === undefined) return register;
  found.add("unitCorrected");
  const read = milliOf(String(register), 3);
  return "milli" in read ? read.milli / 1000 : register;
}

function meterValueOf(value: MeterValue, adapting: Adapting): readonly MeterValue[] {
  const told = value.sampledValue.flatMap((one) => sampledOf(one, adapting));
  // All that it said was of a kind that this model is not to be asked about.
  if (told.length === 0 && value.sampledValue.length > 0) return [];
  const { totalFromPhases = [] } = adapting.quirks;
  const sampledValue = totalFromPhases.reduce<readonly Sampled[]>(
    (samples, measurand) => withTotal(samples, measurand, adapting),
    told,
  );
  return [{ ...value, sampledValue: [...sampledValue] }];
}

function sampledOf(sampled: Sampled, { quirks, found }: Adapting): readonly Sampled[] {
  const { meterContexts = {}, meterUnits = {} } = quirks;
  let changed = sampled;
  const context = sampled.context ?? "Sample.Periodic";
  if (Object.hasOwn(meterContexts, context)) {
    found.add("contextChanged");
    const meant = meterContexts[context];
    if (meant === undefined || meant === null) return [];
    changed = { ...changed, context: meant as NonNullable<Sampled["context"]> };
  }
  const measurand = sampled.measurand ?? "Energy.Active.Import.Register";
  const unit = Object.hasOwn(meterUnits, measurand) ? meterUnits[measurand] : undefined;
  if (unit === undefined || unit === sampled.unit) return [changed];
  found.add("unitCorrected");
  return [{ ...changed, unit: unit as NonNullable<Sampled["unit"]> }];
}

/** Beyond this share of the sum a total is another thing than its phases. */
const toleratedShare = 0.1;

/** The sum of the phases where the total is missing, or says something else than they do. */
function withTotal(
  samples: readonly Sampled[],
  measurand: string,
  { found }: Adapting,
): readonly Sampled[] {
  const ofMeasurand = samples.filter((one) => one.measurand === measurand);
  const [phase] = phasesOf(ofMeasurand);
  if (phase === undefined) return samples;
  const parts = phasesOf(ofMeasurand).map(({ value }) => milliOf(value));
  const sum = parts.reduce<number | undefined>(
    (all, part) => (all === undefined || !("milli" in part) ? undefined : all + part.milli),
    0,
  );
  const total = ofMeasurand.find((one) => one.phase === undefined);
  if (sum === undefined || (total !== undefined && isNear(total.value, sum))) return samples;
  found.add("totalDerived");
  const { phase: _phase, ...rest } = phase;
  return [...samples.filter((one) => one !== total), { ...rest, value: plainOf(sum) }];
}

/** The conductors' own values, else those against neutral; never both. */
function phasesOf(samples: readonly Sampled[]): readonly Sampled[] {
  const [first] = samples;
  const alike = samples.filter((one) => one.unit === first?.unit && one.context === first?.context);
  const plain = alike.filter(({ phase }) => /^L[123]$/.test(phase ?? ""));
  return plain.length > 0 ? plain : alike.filter(({ phase }) => /^L[123]-N$/.test(phase ?? ""));
}

function isNear(total: string, sumMilli: number): boolean {
  const read = milliOf(total);
  return "milli" in read && Math.abs(read.milli - sumMilli) <= Math.abs(sumMilli) * toleratedShare;
}
