import type { Mended, OcppVersion, SchemaFault } from "../message.ts";

/** A payload to check, and who may repair it. */
interface Checking {
  readonly version: OcppVersion;
  readonly action: string;
  readonly kind: "request" | "response";
  readonly payload: unknown;
  /** The row's own repairs. */
  readonly mend?: ((payload: Record<string, unknown>) => Mended) | undefined;
  /** Nothing is repaired. */
  readonly strict: boolean;
}

/** A payload as its row may have it, or what is wrong with it. */
export type Checked =
  | { readonly payload: unknown; readonly deviations: readonly string[] }
  | { readonly fault: SchemaFault; readonly deviations: readonly string[] };

/** Checks a payload; one that is wrong goes through the row's repairs, then the version's. */
export function checkPayload(given: Checking): Checked {
  const { version, action, kind } = given;
  const fault = version.check(action, kind, given.payload);
  if (fault === undefined) return { payload: given.payload, deviations: [] };
  if (given.strict) return { fault, deviations: [] };
  const own = given.mend && isObject(given.payload) ? given.mend(given.payload) : undefined;
  const payload = own === undefined ? given.payload : own.payload;
  const general = version.mend?.(payload, { action, kind });
  const mended = general === undefined ? payload : general.payload;
  const deviations = [...(own?.deviations ?? []), ...(general?.deviations ?? [])];
  // Nobody could name it, and yet the row can do with it.
  if (deviations.length === 0) deviations.push("schemaViolation");
  const check = version.checkMended ?? version.check;
  const left = check(action, kind, mended);
  return left === undefined ? { payload: mended, deviations } : { fault: left, deviations };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
