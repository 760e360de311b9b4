// Calls that somebody writes out (`RequestOcppCall`): judged by their version's schema before they
// are recorded, and recorded without the values of tokens, which only the vault may hold.
import type { OcppVersion } from "../../message.ts";
import { speechOfAction } from "../rows.ts";

/** A call as it is to go out to a station. */
export interface OwnCall {
  /** Protocol of the station's last boot; absent where it never booted. */
  readonly protocol: string | undefined;
  readonly action: string;
  readonly payload: unknown;
}

/** What is wrong with a call, and where: `/action`, or a path into `/payload`. */
export interface CallFault {
  readonly path: string;
  readonly message: string;
}

/** What a call that somebody writes out must keep to. */
export interface CallRules {
  /** What is wrong with it by its version's schema; undefined where it may go out. */
  faultOf(call: OwnCall): CallFault | undefined;
  /** Its payload with a reference in the place of each token's value. */
  withoutTokens(call: OwnCall, refOf: (value: string) => Promise<string>): Promise<unknown>;
}

/** The rules of the versions that are spoken here. */
export function createCallRules(versions: readonly OcppVersion[]): CallRules {
  /** Where no version is known of a station, any of ours may be the one. */
  const versionsOf = ({ protocol }: OwnCall) => {
    const own = versions.filter((version) => version.protocol === protocol);
    return own.length > 0 ? own : versions;
  };
  return {
    faultOf: (call) => {
      const faults = versionsOf(call).map((version) => faultIn(version, call));
      return faults.includes(undefined) ? undefined : faults[0];
    },
    withoutTokens: async (call, refOf) => {
      const version = versionsOf(call).find((one) => faultIn(one, call) === undefined);
      if (version === undefined) return call.payload;
      const refs = new Map<string, string>();
      for (const value of tokenPlaces(version, call.payload)) {
        if (typeof value !== "string" || value.trim() === "") continue;
        refs.set(value, await refOf(value));
      }
      return mapped(version, call.payload, (value) => {
        const tokenRef = typeof value === "string" ? refs.get(value) : undefined;
        return tokenRef === undefined ? value : ({ tokenRef } satisfies Reference);
      });
    },
  };
}

/** References in a recorded payload. */
export function tokenRefsIn(version: OcppVersion, payload: unknown): readonly string[] {
  return tokenPlaces(version, payload).flatMap((place) =>
    isReference(place) ? [place.tokenRef] : [],
  );
}

/** A recorded payload as it goes out, with the tokens' values. */
export function withTokens(
  version: OcppVersion,
  payload: unknown,
  values: ReadonlyMap<string, string>,
): unknown {
  return mapped(version, payload, (place) =>
    isReference(place) ? (values.get(place.tokenRef) ?? "") : place,
  );
}

/** Whether a call names a token whose value was erased since it was asked for. */
export function namesErased(version: OcppVersion, payload: unknown): boolean {
  return tokenPlaces(version, payload).includes("");
}

/** An answer in which a station repeats the tokens of our call, without them. */
export function withoutEcho<T>(version: OcppVersion, payload: unknown, answer: T): T {
  const values = tokenPlaces(version, payload).filter(
    (place): place is string => typeof place === "string" && place.trim() !== "",
  );
  if (values.length === 0) return answer;
  const patterns = values.map((value) => RegExp.escape(value.trim()));
  return echoless(answer, new RegExp(patterns.join("|"), "giu")) as T;
}

function echoless(value: unknown, tokens: RegExp): unknown {
  if (typeof value === "string") return value.replace(tokens, "…");
  if (Array.isArray(value)) return value.map((item) => echoless(item, tokens));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, echoless(member, tokens)]),
  );
}

interface Reference {
  readonly tokenRef: string;
}

function faultIn(version: OcppVersion, { action, payload }: OwnCall): CallFault | undefined {
  if (speechOfAction(version, action) === undefined) {
    const message = `${action} is no call to a station of ${version.protocol}`;
    return { path: "/action", message };
  }
  const fault = version.check(action, "request", payload);
  return fault && { path: `/payload${fault.path}`, message: fault.message };
}

function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "tokenRef" in value;
}

/** What stands where a token's value may stand. */
function tokenPlaces(version: OcppVersion, payload: unknown): readonly unknown[] {
  const places: unknown[] = [];
  mapped(version, payload, (place) => {
    places.push(place);
    return place;
  });
  return places;
}

function mapped(
  version: OcppVersion,
  value: unknown,
  change: (place: unknown) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((item) => mapped(version, item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isPlace = typeof member === "string" || isReference(member);
      return isPlace && version.tokenMembers?.includes(name)
        ? [name, change(member)]
        : [name, mapped(version, member, change)];
    }),
  );
}
