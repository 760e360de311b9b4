/** The content of a CALL or of its answer. */
export type Payload = Readonly<Record<string, unknown>>;

/** What comes over the wire, or why it is no frame. */
export type Frame =
  | {
      readonly kind: "call";
      readonly id: string;
      readonly action: string;
      readonly payload: Payload;
    }
  | { readonly kind: "result"; readonly id: string; readonly payload: Payload }
  | {
      readonly kind: "error";
      readonly id: string;
      readonly code: string;
      readonly description: string;
    }
  | { readonly kind: "malformed"; readonly problem: string };

const malformed = (problem: string): Frame => ({ kind: "malformed", problem });

const isPayload = (value: unknown): value is Payload =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// OCPP-J 1.6 §4.2.3, spelt as it spells them, and the two that its errata add.
const errorCodes = new Set([
  "NotImplemented",
  "NotSupported",
  "InternalError",
  "ProtocolError",
  "SecurityError",
  "FormationViolation",
  "PropertyConstraintViolation",
  "OccurenceConstraintViolation",
  "OccurrenceConstraintViolation",
  "TypeConstraintViolation",
  "GenericError",
  "FormatViolation",
  "MessageTypeNotSupported",
  "RpcFrameworkError",
]);

/** Reads a frame strictly: a simulated station forgives the CSMS nothing. */
export function parseFrame(text: string): Frame {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return malformed("no JSON");
  }
  if (!Array.isArray(frame)) return malformed("no array");
  const [type, id, third, fourth] = frame;
  if (typeof id !== "string" || id === "" || id.length > 36) return malformed("no message id");
  if (type === 2 && frame.length === 4 && typeof third === "string" && isPayload(fourth)) {
    return { kind: "call", id, action: third, payload: fourth };
  }
  if (type === 3 && frame.length === 3 && isPayload(third)) {
    return { kind: "result", id, payload: third };
  }
  if (type === 4 && frame.length === 5 && typeof third === "string" && isPayload(frame[4])) {
    if (!errorCodes.has(third)) return malformed(`unknown error code ${third}`);
    if (typeof fourth !== "string" || fourth.length > 255) return malformed("no description");
    return { kind: "error", id, code: third, description: fourth };
  }
  return malformed(`no frame of type ${JSON.stringify(type) ?? "nothing"}`);
}

/** A CALL as text. */
export const callText = (id: string, action: string, payload: Payload): string =>
  JSON.stringify([2, id, action, payload]);

/** A CALLRESULT as text. */
export const resultText = (id: string, payload: Payload): string =>
  JSON.stringify([3, id, payload]);

/** A CALLERROR as text. */
export const errorText = (id: string, code: string, description: string): string =>
  JSON.stringify([4, id, code, description, {}]);
