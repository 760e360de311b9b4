// Frames as stations send them, and as none should.
import type { OcppVersion } from "#ocpp";
import { type Chance, weighted } from "./chance.ts";
import { asWritten, jsonOf } from "./json.ts";
import { mutated } from "./mutate.ts";
import { deep, oddNumber, oddText, oddValue } from "./odd.ts";
import { type Making, valueFor } from "./schema.ts";
import { actionsOf, type Kind, payloadSchema } from "./schemas.ts";

/** What frames are made with. */
export interface FrameMaking {
  readonly chance: Chance;
  readonly version: OcppVersion;
  /** Values that the other side knows, by member: an EVSE, a transaction that runs. */
  readonly known?: Making["known"];
  /** Texts of real frames, to be taken apart. */
  readonly corpus: readonly string[];
  /** A message id; each is another one, so that an answer names its call. */
  readonly messageId: () => string;
}

/** A payload of an action, mostly right. */
export function payloadFor(making: FrameMaking, action: string, kind: Kind): unknown {
  return payloadBroken(
    { ...making, breakOnceIn: making.chance.pick([0, 0, 40, 12, 4]) },
    action,
    kind,
  );
}

/** A payload of an action that its schema takes. */
export function rightPayload(making: FrameMaking, action: string, kind: Kind): unknown {
  return payloadBroken({ ...making, breakOnceIn: 0 }, action, kind);
}

function payloadBroken(
  making: FrameMaking & { readonly breakOnceIn: number },
  action: string,
  kind: Kind,
): unknown {
  const { chance, version, known, breakOnceIn } = making;
  const root = payloadSchema(version, action, kind);
  return valueFor({ chance, root, breakOnceIn, ...(known && { known }) }, root);
}

const oddActions = [
  "",
  "constructor",
  "__proto__",
  "toString",
  "bootnotification",
  "Boot Notification",
];

/** A CALL: most as it should be, some wrong in the frame, some cut and spliced. */
export function callFrame(making: FrameMaking): string {
  const { chance, version } = making;
  const sent = actionsOf(version).filter(({ direction }) => direction !== "toStation");
  const make = weighted<() => string>(chance, [
    [70, () => callOf(making, chance.pick(sent).action)],
    [4, () => callOf(making, chance.pick(actionsOf(version)).action)],
    [
      20,
      () => mutated(chance, chance.pick(making.corpus), callOf(making, chance.pick(sent).action)),
    ],
    [
      10,
      () => mutated(chance, callOf(making, chance.pick(sent).action), chance.pick(making.corpus)),
    ],
    [4, () => oddCall(making)],
    [2, () => garbage(chance)],
  ]);
  return make();
}

/** A CALL of an action. */
export function callOf(making: FrameMaking, action: string): string {
  const payload = payloadFor(making, action, "request");
  return jsonOf([2, making.messageId(), action, payload]);
}

function oddCall(making: FrameMaking): string {
  const { chance, version } = making;
  const { action } = chance.pick(actionsOf(version));
  const payload = payloadFor(making, action, "request");
  const id = making.messageId();
  const make = weighted<() => unknown>(chance, [
    [
      3,
      () => [2, chance.pick([null, 7, -0, "", "x".repeat(37), "x".repeat(256)]), action, payload],
    ],
    [3, () => [2, oddValue(chance), action, payload]],
    [3, () => [2, id, chance.once(2) ? oddText(chance) : chance.pick(oddActions), payload]],
    [2, () => [2, id, oddValue(chance), payload]],
    [3, () => [2, id, action, oddValue(chance)]],
    [2, () => [2, id, action]],
    [2, () => [2, id, action, payload, oddValue(chance)]],
    [1, () => [oddNumber(chance), id, action, payload]],
    [1, () => [chance.pick(["2", 2.5, 1, 5, 6, null, [2]]), id, action, payload]],
    [1, () => ({ 0: 2, 1: id, 2: action, 3: payload, length: 4 })],
    [1, () => [[2, id, action, payload]]],
    [
      2,
      () =>
        asWritten(
          `[2,${jsonOf(id)},${jsonOf(action)},${jsonOf(payload).replace(/:[^,}\]]+/, ":")}]`,
        ),
    ],
    [1, () => asWritten(`[,2,${jsonOf(id)},${jsonOf(action)},${jsonOf(payload)}]`)],
  ]);
  return jsonOf(make());
}

/** Texts that never were a frame. */
export function garbage(chance: Chance): string {
  const make = weighted<() => string>(chance, [
    [
      3,
      () =>
        chance.pick([
          "",
          " ",
          "\n",
          "[]",
          "{}",
          "null",
          "2",
          '"x"',
          "[2",
          "[2,",
          '[2,"',
          "[3]",
          "[4]",
        ]),
    ],
    [2, () => oddText(chance)],
    [2, () => jsonOf(oddValue(chance))],
    [1, () => jsonOf(deep(chance))],
    [1, () => "[".repeat(chance.below(20_000))],
    [1, () => `[2,"x","${"\\".repeat(chance.below(300))}`],
    [1, () => `[2,"x","Heartbeat",{"a":${" ".repeat(chance.below(300))}}]`],
  ]);
  return make();
}

/** What a station may say to a call of ours. */
export function answerFrame(
  making: FrameMaking,
  call: { readonly id: string; readonly action: string },
): string {
  const { chance } = making;
  const { id, action } = call;
  const payload = () => payloadFor(making, action, "response");
  const good = () => jsonOf([3, id, payload()]);
  const make = weighted<() => string>(chance, [
    [30, good],
    [4, () => jsonOf([4, id, chance.pick(Object.values(making.version.errorCodes)), "", {}])],
    [4, () => jsonOf([4, id, oddValue(chance), oddValue(chance), oddValue(chance)])],
    [3, () => jsonOf([3, id, oddValue(chance)])],
    [2, () => jsonOf([3, id])],
    [2, () => jsonOf([3, id, payload(), oddValue(chance)])],
    [2, () => jsonOf([3, oddValue(chance), payload()])],
    [2, () => jsonOf([3, making.messageId(), payload()])],
    [6, () => mutated(chance, good(), chance.pick(making.corpus))],
    [1, () => jsonOf([2, id, action, payload()])],
  ]);
  return make();
}
