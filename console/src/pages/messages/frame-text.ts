// What a frame says, as far as it can be read: frames are kept as they were on the wire, cut to a
// limit, and some were no JSON to begin with.
import type { Item } from "../../api/call.ts";

/** An exchange on a station's socket. */
export type Message = Item<"getMessages">;

/** Whether an exchange was answered, and how. */
export type Ending = "answered" | "error" | "unanswered";

/** How an exchange ended: OCPP-J says it in the answer's first member. */
export function endingOf({ answer }: Pick<Message, "answer">): Ending {
  if (answer === undefined) return "unanswered";
  return /^\s*\[\s*4\s*,/.test(answer) ? "error" : "answered";
}

/** A frame's payload in one line: what is behind the message's id and action. */
export function excerptOf({ call }: Pick<Message, "call">): string {
  const frame = parsed(call);
  if (!Array.isArray(frame)) return call;
  const payload: unknown = frame[0] === 2 ? frame[3] : frame.slice(2);
  return payload === undefined ? call : JSON.stringify(payload);
}

/** A frame with its members on lines of their own, where it can be read. */
export function prettyFrame(frame: string): string {
  const value = parsed(frame);
  return value === undefined ? frame : JSON.stringify(value, null, 2);
}

/** One exchange a line, for a file or for somebody else. */
export function linesOf(messages: readonly Message[]): string {
  return messages.map((message) => `${JSON.stringify(message)}\n`).join("");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
