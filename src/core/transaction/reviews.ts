import type { Static } from "@sinclair/typebox";
import { oneOf } from "../values/common.ts";

/** Why a person should look before anybody is billed. */
export const ReviewReason = oneOf(
  "meterWentBackwards",
  "stoppedTwice",
  "startedTwice",
  "stopWithoutStart",
  "startedAfterStop",
  "stopOfAnotherToken",
  "stopMatchedByToken",
  "endEstimated",
  "correctedAfterEstimate",
  "meterStartUnknown",
  "meterStopUnknown",
  "energyImplausible",
  "endBeforeStart",
  "sampledBeyondEnd",
  "implausibleClock",
  "notAuthorized",
);
export type ReviewReason = Static<typeof ReviewReason>;
