import type { JsonRepair } from "../quirks/flags.ts";
import { isTooDeep, wellFormed } from "./frame-text.ts";
import { jsonRepaired, parseBroken } from "./repair.ts";

/** A message id as it came: a string by the specification, at times something else. */
export type MessageId = string | number | null;

/** A CALL of the peer. `payload` is whatever came; its schema is checked later. */
export interface CallFrame {
  readonly kind: "call";
  readonly id: MessageId;
  readonly action: string;
  readonly payload: unknown;
  /** What about the frame itself deviates from OCPP-J. */
  readonly deviations: readonly string[];
}

/** The peer's answer to a CALL of ours. */
export interface ResultFrame {
  readonly kind: "result";
  readonly id: MessageId;
  readonly payload: unknown;
}

/** The peer's refusal of a CALL of ours. */
export interface ErrorFrame {
  readonly kind: "error";
  readonly id: MessageId;
  readonly code: string;
  readonly description: string;
  readonly details: unknown;
}

/** No frame of OCPP-J. With an `id` it was meant as a CALL and gets a CALLERROR. */
export interface BadFrame {
  readonly kind: "bad";
  readonly id?: MessageId;
  /** Code under which it is counted. */
  readonly deviation: string;
  readonly description: string;
}

export type Frame = CallFrame | ResultFrame | ErrorFrame | BadFrame | { readonly kind: "empty" };

const messageIdLengthMax = 36;
/** Longer ones are not even echoed. */
const messageIdEchoMax = 255;
const descriptionMax = 255;
const none: readonly string[] = [];

/**
 * Reads a frame; never throws. OCPP-J 1.6 §4. Broken JSON is repaired as far as the station's
 * quirks say how it is broken.
 */
export function parseFrame(text: string, repairs: readonly JsonRepair[] = []): Frame {
  let value: unknown;
  let deviations = none;
  if (isTooDeep(text)) return unreadable(text, "frameTooDeep", "the frame is nested too deep");
  try {
    value = JSON.parse(text);
  } catch {
    // Some stations send empty frames to keep the socket open.
    if (text.trim() === "") return { kind: "empty" };
    value = repairs.length === 0 ? undefined : parseBroken(text, repairs);
    if (value === undefined) return unreadable(text, "invalidJson", "the frame is no JSON");
    deviations = [jsonRepaired];
  }
  const whole = wellFormed(text, value);
  if (whole !== value) {
    value = whole;
    deviations = [...deviations, "textNotWellFormed"];
  }
  if (!Array.isArray(value)) return bad("frameNotArray", "a frame is a JSON array");
  switch (value[0]) {
    case 2:
      return callOf(value, deviations);
    case 3:
      return { kind: "result", id: idOf(value[1]) ?? null, payload: value[2] };
    case 4:
      return errorOf(value);
    default:
      // OCPP-J 1.6 §4.1.3: a message of an unknown type is ignored.
      return bad("unknownMessageType", "a frame begins with 2, 3 or 4");
  }
}

function callOf(value: readonly unknown[], found: readonly string[]): Frame {
  const [, givenId, action, payload] = value;
  const id = idOf(givenId);
  if (id === undefined) return bad("messageIdMissing", "the message id is no text");
  if (typeof action !== "string" || action === "") {
    return { ...bad("actionMissing", "the action is no text"), id };
  }
  const odd = idDeviations(id);
  const isUsual = found === none && odd === none && value.length === 4;
  return {
    kind: "call",
    id,
    action,
    payload: payload === undefined ? {} : payload,
    deviations: isUsual ? none : [...found, ...odd, ...lengthDeviations(value.length)],
  };
}

function lengthDeviations(length: number): readonly string[] {
  if (length === 4) return none;
  return [length > 4 ? "frameTooLong" : "payloadMissing"];
}

function errorOf(value: readonly unknown[]): ErrorFrame {
  const [, id, code, description, details] = value;
  return {
    kind: "error",
    id: idOf(id) ?? null,
    code: typeof code === "string" ? code : "",
    description: typeof description === "string" ? description.slice(0, descriptionMax) : "",
    details: details ?? {},
  };
}

/** The id, if it can be echoed. */
function idOf(value: unknown): MessageId | undefined {
  if (typeof value === "string") return value.length <= messageIdEchoMax ? value : undefined;
  // JSON knows numbers that are too large for ours, and could not write them again.
  return Number.isFinite(value) || value === null ? (value as number | null) : undefined;
}

function idDeviations(id: MessageId): readonly string[] {
  if (id === null) return ["messageIdNull"];
  if (typeof id === "number") return ["messageIdNumber"];
  if (id === "") return ["messageIdEmpty"];
  return id.length > messageIdLengthMax ? ["messageIdTooLong"] : none;
}

function bad(deviation: string, description: string): BadFrame {
  return { kind: "bad", deviation, description };
}

/** Even broken JSON often begins well enough to tell its sender that it is broken. */
function unreadable(text: string, deviation: string, description: string): BadFrame {
  const frame = bad(deviation, description);
  const id = /^[\s,]*\[[\s,]*2\s*,\s*"([^"\\]{1,36})"/.exec(text.slice(0, 100))?.[1];
  return id === undefined ? frame : { ...frame, id };
}

/** Writes a CALL; `payload` is JSON already. */
export function callText(messageId: string, action: string, payload: string): string {
  return `[2,"${messageId}","${action}",${payload}]`;
}

/** A message id of ours is a UUID. */
const idLength = 36;

/** Bytes of a CALL of ours around its payload. */
export function frameBytesAround(action: string): number {
  return callText("", action, "").length + idLength;
}

/** Writes the answer to a CALL; `payload` is JSON already. */
export function resultText(id: MessageId, payload: string): string {
  return `[3,${JSON.stringify(id)},${payload}]`;
}

/** Writes the refusal of a CALL. */
export function errorText(
  id: MessageId,
  error: { readonly code: string; readonly description: string },
): string {
  const description = JSON.stringify(error.description.slice(0, descriptionMax));
  return `[4,${JSON.stringify(id)},${JSON.stringify(error.code)},${description},{}]`;
}

/** The payload's text inside its frame: what a resent call has in common with the first. */
export function payloadText(text: string, call: CallFrame): string {
  const start = text.indexOf("{");
  const end = text.lastIndexOf("]");
  const ambiguous = String(call.id).includes("{") || call.action.includes("{");
  if (start < 0 || end < start || ambiguous) return JSON.stringify(call.payload);
  return text.slice(start, end).trimEnd();
}
