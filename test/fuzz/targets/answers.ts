import type { OcppVersion } from "#ocpp";
import type { SentFrame } from "../cast.ts";

const descriptionMax = 255;

/** What is wrong with an answer to a call of a station; undefined: nothing. */
export function wrongAnswer(
  frame: SentFrame,
  call: {
    readonly version: OcppVersion;
    /** Absent: it was no readable CALL. */
    readonly action: string | undefined;
    /** Whether it may be answered with anything but a CALLERROR. */
    readonly mayBeTaken: boolean;
  },
): string | undefined {
  if (frame[0] === 4) return wrongError(frame, call.version);
  if (frame[0] !== 3 || frame.length !== 3) return `is no answer: ${JSON.stringify(frame)}`;
  const { version, action, mayBeTaken } = call;
  if (action === undefined) return `a frame that is none was accepted: ${JSON.stringify(frame)}`;
  if (!mayBeTaken) return `a station that may not speak was heard: ${JSON.stringify(frame)}`;
  if (!Object.hasOwn(version.messages, action)) return `${action} was accepted, and is no action`;
  const fault = version.check(action, "response", frame[2]);
  return fault && `the answer to ${action} is wrong: ${fault.description}`;
}

function wrongError(frame: SentFrame, version: OcppVersion): string | undefined {
  const [, , code, description, details] = frame;
  const { errorCodes } = version;
  if (frame.length !== 5) return "a CALLERROR has five parts";
  if (code === errorCodes.internalError) return "answered InternalError: a bug";
  if (!Object.values(errorCodes).includes(String(code))) return `no code of OCPP: ${code}`;
  if (typeof description !== "string" || description.length > descriptionMax) {
    return "a CALLERROR's description is a text of up to 255";
  }
  return typeof details === "object" && details !== null ? undefined : "details are an object";
}
