import type { Static } from "@sinclair/typebox";
import { oneOf } from "../values/common.ts";

/** Everything for which a person should look before anybody is billed, and what it means. */
export const reviewReasons = {
  meterWentBackwards: "The stop is below the start or a sample; the highest reading is taken.",
  meterStartUnknown: "The start said no meter; the first sample stands in for it, if there is one.",
  meterStopUnknown: "The stop said no meter; the last sample stands in for it, if there is one.",
  energyImplausible: "It comes to more than any vehicle takes in one session.",
  sampledBeyondEnd: "A sample that came after the stop is higher than it.",
  endEstimated: "No stop was heard; it ends with its last sample.",
  correctedAfterEstimate: "Its stop came after its end had been estimated.",
  endBeforeStart: "Its stop is before its start.",
  stoppedTwice: "Another, different stop came; it is kept beside the first.",
  startedTwice: "Start and stop are those of another session, word by word; nothing is billed.",
  stopWithoutStart: "A stop came whose start was never heard.",
  startedAfterStop: "Its start was told after its stop.",
  stopMatchedByToken: "Its stop had no number of ours and was matched by its token.",
  stopOfAnotherToken: "Its stop came from a token of no common group.",
  implausibleClock: "The station's clock cannot be right; ours was taken.",
  notAuthorized: "It began without an accepted token.",
} as const;

/** Why a person should look before anybody is billed. */
export const ReviewReason = oneOf(
  ...(Object.keys(reviewReasons) as (keyof typeof reviewReasons)[]),
);
export type ReviewReason = Static<typeof ReviewReason>;
