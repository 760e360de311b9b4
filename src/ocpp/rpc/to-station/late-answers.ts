// Answers that no call of their connection waits for: late ones, and answers to nothing.
import type { ConnectionParts } from "../connection.ts";
import { noteDeviations, shownBy } from "../deviations.ts";
import type { ErrorFrame, ResultFrame } from "../frame.ts";
import type { Peer } from "../parts.ts";
import { answerOf, type PastCall } from "./answers.ts";
import { callInLog } from "./past-calls.ts";
import { recordAnswer } from "./request-ends.ts";

/** Takes an answer that nothing on its connection waits for. */
export type LateAnswers = (
  frame: ResultFrame | ErrorFrame,
  given: { readonly peer: Peer; readonly text: string },
) => void;

/** Of one station at a time: who answers to nothing all the time must not keep the log busy. */
const looksMax = 4;

/**
 * An answer after its time becomes an event of its own; an answer to nothing is only counted. To
 * nothing is also what cannot be told from it: its request is too long ago, was answered before,
 * would be composed otherwise today, or is of a version that the station has left.
 */
export function createLateAnswers(partsOf: () => ConnectionParts): LateAnswers {
  const looks = new Map<string, number>();

  async function callOf(peer: Peer, messageId: string): Promise<PastCall | undefined> {
    const parts = partsOf();
    const { key } = peer;
    const here = parts.pastCalls.take(messageId);
    if (here !== undefined) return here.key === key ? here : undefined;
    const underWay = looks.get(key) ?? 0;
    if (underWay >= looksMax) return undefined;
    looks.set(key, underWay + 1);
    try {
      return await callInLog(parts, peer, messageId);
    } catch (error) {
      const fields = { station: peer.stationId, messageId, error };
      parts.log.error("The log does not tell what a station answers", fields);
      return undefined;
    } finally {
      const left = (looks.get(key) ?? 1) - 1;
      if (left > 0) looks.set(key, left);
      else looks.delete(key);
    }
  }

  return (frame, { peer, text }) => {
    const parts = partsOf();
    const at = parts.clock.now();
    void callOf(peer, String(frame.id)).then((call) =>
      take(parts, { peer, text, frame, at, call }),
    );
  };
}

/** Never fails. */
async function take(
  parts: ConnectionParts,
  given: {
    readonly peer: Peer;
    readonly text: string;
    readonly frame: ResultFrame | ErrorFrame;
    readonly at: string;
    /** Undefined: it answers nothing. */
    readonly call: PastCall | undefined;
  },
): Promise<void> {
  const { peer, text, frame, at, call } = given;
  const { counts, keptAnswers } = parts;
  const messageId = String(frame.id);
  const code = call === undefined ? "answerToNothing" : "lateAnswer";
  parts.frames.add({
    station: peer.key,
    at,
    direction: "toStation",
    protocol: peer.version.protocol,
    ...{ action: call?.action, messageId, correlationId: call?.correlationId },
    call: call?.text ?? "",
    answer: text,
    deviations: [code],
    shownBy: shownBy(parts, peer.key),
  });
  try {
    if (call === undefined) {
      counts.framesIgnored += 1;
      return noteDeviations(parts, peer, { codes: [code], at });
    }
    counts.lateAnswers += 1;
    const { key, stationId } = peer;
    const { requestId } = call;
    const write = async () => {
      const read = await answerOf(parts, call, frame);
      await recordAnswer(parts, { ...read, key, messageId, at, closing: (end) => end });
    };
    await keptAnswers.record({ station: stationId, requestId, write });
  } catch (error) {
    const fields = { station: peer.stationId, messageId, error };
    parts.log.error("A late answer could not be recorded", fields);
  }
}
