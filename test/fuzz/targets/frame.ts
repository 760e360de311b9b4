// The parser of frames: whatever comes, it says what it is, and what we write about it can be read.
import { versions } from "#ocpp";
import {
  type CallFrame,
  errorText,
  type Frame,
  parseFrame,
  payloadText,
  resultText,
} from "../../../src/ocpp/rpc/frame.ts";
import { type Chance, chanceOf } from "../generate/chance.ts";
import { realFrames } from "../generate/corpus.ts";
import { answerFrame, callFrame, type FrameMaking } from "../generate/frames.ts";
import { actionsOf } from "../generate/schemas.ts";
import { findingsOf, type Round, type Target, wordsOf } from "../target.ts";

type Parse = (text: string) => Frame;

/** The parser, or another one in its place. */
export function frameTarget(parse: Parse = parseFrame): Target {
  return {
    name: "frame",
    frames: 50_000,
    round: async ({ seed, frames }): Promise<Round> => {
      const findings = findingsOf("frame", seed);
      const chance = chanceOf(seed);
      const making = await makingOf(chance);
      let frame = 0;
      while (frame < frames && !findings.full) {
        frame += 1;
        // As it comes out of a socket: halves of characters come as escapes alone.
        const text = huge(chance, textOf(making)).toWellFormed();
        try {
          const wrong = wrongIn(parse, text);
          if (wrong !== undefined) findings.add({ what: wrong, frame, sample: text });
        } catch (error) {
          findings.add({ what: wordsOf(error), frame, sample: text });
        }
      }
      return { frames: frame, faults: findings.list };
    },
  };
}

async function makingOf(chance: Chance): Promise<FrameMaking> {
  let count = 0;
  const corpus = await realFrames();
  const messageId = () => `m${++count}`;
  return { chance, version: chance.pick(versions), corpus, messageId };
}

function textOf(making: FrameMaking): string {
  const { chance, version, messageId } = making;
  if (!chance.once(6)) return callFrame(making);
  const { action } = chance.pick(actionsOf(version));
  return answerFrame(making, { id: messageId(), action });
}

/** Now and then as long as a frame may be: nothing may take longer than its length allows. */
function huge(chance: Chance, text: string): string {
  if (!chance.once(20_000)) return text;
  const piece = chance.pick([
    text,
    ":",
    '"',
    "\\",
    "[",
    ",",
    " ",
    '{"a":',
    "\u2028",
    '[2,"',
  ] as const);
  const times = Math.floor(1_000_000 / Math.max(1, piece.length));
  return text.slice(0, chance.below(text.length + 1)) + piece.repeat(times);
}

const cpuMillisecondsMax = 1_000;

function wrongIn(parse: Parse, text: string): string | undefined {
  const long = text.length > 100_000 ? process.threadCpuUsage() : undefined;
  const frame = parse(text);
  if (long !== undefined) {
    const { user, system } = process.threadCpuUsage(long);
    if ((user + system) / 1000 > cpuMillisecondsMax) return "took more than a second";
  }
  switch (frame.kind) {
    case "empty":
      return text.trim() === "" ? undefined : "is not empty";
    case "result":
    case "error":
      return idProblem(frame.id);
    case "bad":
      return badProblem(frame, text);
    case "call":
      return callProblem(frame, text);
    default:
      return `is of no known kind: ${JSON.stringify(frame)}`;
  }
}

function idProblem(id: unknown): string | undefined {
  const good = id === null || Number.isFinite(id) || (typeof id === "string" && id.length < 256);
  return good ? undefined : `has a message id that cannot be echoed: ${typeof id}`;
}

function badProblem(frame: Extract<Frame, { kind: "bad" }>, text: string): string | undefined {
  if (frame.deviation === "" || frame.description === "") return "is bad without a reason";
  if (frame.deviation === "frameTooDeep") {
    return depthOf(text) > depthMax ? undefined : `is ${depthOf(text)} deep, and no more`;
  }
  const read = readJson(text);
  if (read !== undefined && depthOf(text) > depthMax) return `is ${depthOf(text)} deep`;
  if (isCall(read)) return `is a CALL, and was taken for ${frame.deviation}`;
  return frame.id === undefined ? undefined : echoProblem(frame.id);
}

function callProblem(frame: CallFrame, text: string): string | undefined {
  if (typeof frame.action !== "string" || frame.action === "") return "has no action";
  const wrong = idProblem(frame.id) ?? echoProblem(frame.id);
  if (wrong !== undefined) return wrong;
  if (typeof payloadText(text, frame) !== "string") return "has no payload's text";
  const read = readJson(text);
  if (!Array.isArray(read)) return undefined;
  const [, id, action, payload = {}] = read as readonly unknown[];
  const given = wholeCharacters(JSON.stringify([id, action, payload]));
  const taken = JSON.stringify([frame.id, frame.action, frame.payload]);
  return given === taken ? undefined : "was read as something else";
}

/** Halves of characters, which JSON writes as escapes, replaced. */
function wholeCharacters(json: string): string {
  return json.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, "$1\ufffd");
}

const depthMax = 100;

/** The deepest nesting of a text, its strings left out. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const bracket of text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)/gs, "").match(/[[\]{}]/g) ?? []) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function isCall(read: unknown): boolean {
  if (!Array.isArray(read)) return false;
  const [kind, id, action] = read as readonly unknown[];
  return kind === 2 && idProblem(id) === undefined && typeof action === "string" && action !== "";
}

/** What goes back must be a frame of JSON with the same id. */
function echoProblem(id: string | number | null): string | undefined {
  for (const text of [
    errorText(id, { code: "X", description: "\ud800\u0000" }),
    resultText(id, "{}"),
  ]) {
    const [, echoed] = JSON.parse(text) as readonly unknown[];
    if (echoed !== id) return "is answered under another id";
  }
  return undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
