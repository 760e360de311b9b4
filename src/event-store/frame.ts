import type { Frame } from "#bus";

/** Cuts the wire's texts to a limit of characters. */
export function cutFrame(frame: Frame, charactersMax: number): Frame {
  const { call, answer } = frame;
  if (call.length <= charactersMax && (answer?.length ?? 0) <= charactersMax) return frame;
  const cut = { ...frame, call: startOf(call, charactersMax) };
  return answer === undefined ? cut : { ...cut, answer: startOf(answer, charactersMax) };
}

/** A copy: a slice would keep all of a large text in memory while its start waits for the disk. */
function startOf(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  return Buffer.from(text.slice(0, charactersMax), "utf16le").toString("utf16le");
}

/** The day (UTC) that a frame belongs to. */
export function dayOf(frame: Pick<Frame, "at">): string {
  return frame.at.slice(0, 10);
}

/** Id of a frame: its day, and its number in it; as text, newer is greater. */
export function frameId(day: string, number: number): string {
  return `${day}-${number.toString(36).padStart(8, "0")}`;
}

/** Day and number of a frame's id; undefined where the text is none. */
export function frameIdParts(id: string): { day: string; number: number } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})-([0-9a-z]{8,})$/.exec(id);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { day: match[1], number: Number.parseInt(match[2], 36) };
}

/** What a list of frames asks for. */
export interface FrameQuery {
  /** Absent: all of them. */
  readonly station?: string | undefined;
  readonly before?: string | undefined;
  readonly action?: string | undefined;
  readonly limit: number;
}
