import type { DeviationMeaning } from "./message.ts";
import { versions } from "./versions.ts";

/** Deviations of connections and frames, whatever the version. */
const ofFrames = {
  connectionUpgradeMissing: { meaning: "A handshake lacks Connection: Upgrade.", source: "T2" },
  connectionReplaced: { meaning: "A newer connection took the place of one.", source: "T5" },
  connectionSilent: { meaning: "Nothing came for so long that it was cut.", source: "T6" },
  readsTooSlowly: { meaning: "It does not read what it is sent.", source: "T9" },
  socketHoldsTooMuch: { meaning: "What it sends and does not read fills memory.", source: "T10" },
  frameTooDeep: { meaning: "A frame's JSON is nested without end.", source: "T11" },
  frameTooLarge: { meaning: "A frame is longer than it may be.", source: "T10" },
  frameBroken: { meaning: "A frame is none of a WebSocket.", source: "T10" },
  frameNotText: { meaning: "A frame is binary, or no UTF-8.", source: "T10" },
  jsonRepaired: { meaning: "Broken JSON was repaired as a quirk says.", source: "T11" },
  invalidJson: { meaning: "A frame is no JSON.", source: "T11" },
  frameNotArray: { meaning: "A frame is JSON, and no array.", source: "T11" },
  unknownMessageType: { meaning: "A frame begins with no type there is.", source: "T11" },
  frameTooLong: { meaning: "A frame has more parts than belong there.", source: "T11" },
  payloadMissing: { meaning: "A call has no payload.", source: "R3" },
  actionMissing: { meaning: "A call names no action.", source: "T11" },
  messageIdReused: { meaning: "A message id came again with another content.", source: "R1" },
  messageIdMissing: { meaning: "A message id is nothing that can be answered.", source: "R2" },
  messageIdEmpty: { meaning: "A message id is an empty text.", source: "R2" },
  messageIdNull: { meaning: "A message id is null.", source: "R2" },
  messageIdNumber: { meaning: "A message id is a number.", source: "R2" },
  messageIdTooLong: { meaning: "A message id is longer than 36 characters.", source: "R2" },
  callsWithoutWaiting: { meaning: "Calls come without an end or a wait.", source: "R4" },
  lateAnswer: { meaning: "An answer came after its time.", source: "R5" },
  answerToNothing: { meaning: "An answer to no call of ours.", source: "R5" },
  callErrorUnknown: { meaning: "A CALLERROR has a code that is in no list.", source: "R6" },
  unknownAction: { meaning: "An action that the version does not have.", source: "R6" },
  unsupportedAction: { meaning: "An action that only we may send.", source: "R6" },
  callBeforeAdmission: { meaning: "A station speaks that may not speak yet.", source: "B1" },
} as const satisfies Readonly<Record<string, DeviationMeaning>>;

/** Every deviation that is counted, by its code. */
export const deviationMeanings: Readonly<Record<string, DeviationMeaning>> = Object.assign(
  {},
  ofFrames,
  ...versions.map(({ deviations = {} }) => deviations),
);
