// Checking and mending of payloads, for every action of every version, both ways.
import { type OcppVersion, versions } from "#ocpp";
import type { AnyRow, Mended } from "../../../src/ocpp/message.ts";
import { parseFrame } from "../../../src/ocpp/rpc/frame.ts";
import { type Checked, checkPayload } from "../../../src/ocpp/rpc/mending.ts";
import { type Chance, chanceOf } from "../generate/chance.ts";
import { realFrames } from "../generate/corpus.ts";
import { payloadFor } from "../generate/frames.ts";
import { jsonOf } from "../generate/json.ts";
import { mutated } from "../generate/mutate.ts";
import { actionsOf, type Kind, type Spoken } from "../generate/schemas.ts";
import { findingsOf, type Round, type Target, wordsOf } from "../target.ts";

/** The check of all versions, or of others in their place. */
export function payloadTarget(own: readonly OcppVersion[] = versions): Target {
  return {
    name: "payload",
    frames: 50_000,
    round: async ({ seed, frames }): Promise<Round> => {
      const findings = findingsOf("payload", seed);
      const chance = chanceOf(seed);
      const corpus = await realFrames();
      const actions = own.flatMap((version) => actionsOf(version));
      let frame = 0;
      while (frame < frames && !findings.full) {
        frame += 1;
        const one = {
          ...chance.pick(actions),
          kind: chance.pick(["request", "response"] as const),
        };
        const text = payloadTextOf(chance, one, corpus);
        const sample = `${one.action} ${one.kind} ${text}`;
        try {
          const wrong = wrongIn(one, text);
          if (wrong !== undefined) findings.add({ what: wrong, frame, sample });
        } catch (error) {
          findings.add({ what: wordsOf(error), frame, sample });
        }
      }
      return { frames: frame, faults: findings.list };
    },
  };
}

interface Payload extends Spoken {
  readonly kind: Kind;
}

function payloadTextOf(chance: Chance, one: Payload, corpus: readonly string[]): string {
  const making = { chance, version: one.version, corpus, messageId: () => "m" };
  const text = jsonOf(payloadFor(making, one.action, one.kind));
  return chance.once(5) ? mutated(chance, text, chance.pick(corpus)) : text;
}

function wrongIn({ version, action, kind }: Payload, text: string): string | undefined {
  const payload = parsed(text);
  if (payload === undefined) return undefined;
  const before = JSON.stringify(payload);
  const given = { version, action, kind, mend: mendOf(version.messages[action], kind) };
  const strict = checkPayload({ ...given, payload, strict: true });
  const lenient = checkPayload({ ...given, payload, strict: false });
  if (JSON.stringify(payload) !== before) return "was changed in its place";
  if (isGood(strict))
    return isGood(lenient) ? sameProblem(lenient, before) : "is refused although right";
  if (lenient.deviations.length === 0) return "is wrong, and no deviation says so";
  return isGood(lenient) ? mendedProblem({ ...given, mended: lenient.payload }) : undefined;
}

/** The payload as it comes out of its frame; undefined where the frame is none. */
function parsed(text: string): unknown {
  const frame = parseFrame(`[2,"m","A",${text}]`);
  return frame.kind === "call" ? frame.payload : undefined;
}

function mendOf(row: AnyRow | "notSupported" | undefined, kind: Kind) {
  if (row === undefined || row === "notSupported") return undefined;
  if (row.direction === "both") return row[kind === "request" ? "fromStation" : "toStation"].mend;
  return row.mend as ((payload: Record<string, unknown>) => Mended) | undefined;
}

function isGood(checked: Checked): checked is Extract<Checked, { payload: unknown }> {
  return "payload" in checked;
}

function sameProblem(checked: { readonly payload: unknown }, before: string): string | undefined {
  return JSON.stringify(checked.payload) === before ? undefined : "was mended although right";
}

/** What was mended must be what rows may have, and must stay what it is when mended again. */
function mendedProblem(given: {
  readonly version: OcppVersion;
  readonly action: string;
  readonly kind: Kind;
  readonly mend: ReturnType<typeof mendOf>;
  readonly mended: unknown;
}): string | undefined {
  const { version, action, kind, mended } = given;
  const left = (version.checkMended ?? version.check)(action, kind, mended);
  if (left !== undefined) return `was mended, and is wrong: ${left.description}`;
  const again = checkPayload({
    ...given,
    payload: JSON.parse(JSON.stringify(mended)),
    strict: false,
  });
  if (!isGood(again))
    return `was mended, and is refused the second time: ${again.fault.description}`;
  return undefined;
}
