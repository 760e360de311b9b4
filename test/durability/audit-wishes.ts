// What an operator was told, and what stations heard, against what the log holds.
import type { LoggedEvent } from "../../bench/seeded/log-file.ts";
import type { ToldWish } from "./drill-operator.ts";

/** Types of events that an audit of wishes reads. */
export const wishTypes = [
  "DataTransferRequested",
  "ChargingStationMoved",
  "RequestSent",
  "RequestCompleted",
] as const;

export interface WishAudit {
  readonly requests: number;
  readonly decisions: number;
  /** Said more than once before there was an answer. */
  readonly repeated: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Empty if each has one effect and each request one end, and was sent at most once. */
  readonly findings: readonly string[];
}

interface Life {
  readonly mark: string;
  sent: number;
  readonly outcomes: string[];
}

/** Compares, once nothing is outstanding any more. */
export function auditWishes(
  events: readonly LoggedEvent[],
  told: readonly ToldWish[],
  heard: ReadonlyMap<string, number>,
): WishAudit {
  const lives = livesOf(events);
  const of = (kind: ToldWish["kind"]) => told.filter((wish) => wish.kind === kind);
  const outcomes: Record<string, number> = {};
  for (const life of lives.values()) {
    for (const outcome of life.outcomes) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  return {
    requests: of("request").length,
    decisions: of("decision").length,
    repeated: told.filter(({ attempts }) => attempts > 1).length,
    outcomes,
    findings: [
      ...effectFindings(effectsOf(events), told),
      ...[...lives].flatMap(([requestId, life]) => [
        ...lifeFindings(requestId, life),
        ...heardFindings(life, heard.get(life.mark) ?? 0),
      ]),
      ...[...heard.keys()]
        .filter((mark) => ![...lives.values()].some((life) => life.mark === mark))
        .map((mark) => `${mark}: heard by a station, and nobody asked for it`),
    ],
  };
}

/** How many effects the log holds of each mark, and under which answer. */
function effectsOf(events: readonly LoggedEvent[]): Map<string, string[]> {
  const effects = new Map<string, string[]>();
  for (const { type, data } of events) {
    const [mark, answer] = effectOf(type, data);
    if (mark !== undefined) effects.set(mark, [...(effects.get(mark) ?? []), answer]);
  }
  return effects;
}

function effectOf(type: string, data: LoggedEvent["data"]): [mark: string | undefined, string] {
  if (type === "DataTransferRequested") return [String(data.data), String(data.requestId)];
  if (type !== "ChargingStationMoved") return [undefined, ""];
  return [(data.address as { addressLine1: string }).addressLine1, type];
}

function effectFindings(effects: Map<string, string[]>, told: readonly ToldWish[]): string[] {
  const known = new Set(told.map(({ mark }) => mark));
  return [
    ...told.flatMap(({ mark, answer }) => {
      const found = effects.get(mark) ?? [];
      if (found.length === 0) return [`lost: ${mark}, which was answered`];
      if (found.length > 1) return [`doubled: ${mark} has ${found.length} effects`];
      return found[0] === answer ? [] : [`${mark}: told ${answer}, the log has ${found[0]}`];
    }),
    ...[...effects.keys()]
      .filter((mark) => !known.has(mark))
      .map((mark) => `${mark} has an effect and was never answered`),
  ];
}

function livesOf(events: readonly LoggedEvent[]): Map<string, Life> {
  const lives = new Map<string, Life>();
  for (const { type, data } of events) {
    const requestId = String(data.requestId);
    if (type === "DataTransferRequested") {
      lives.set(requestId, { mark: String(data.data), sent: 0, outcomes: [] });
    }
    const life = lives.get(requestId);
    if (type === "RequestSent" && life !== undefined) life.sent += 1;
    if (type === "RequestCompleted") life?.outcomes.push(String(data.outcome));
  }
  return lives;
}

function lifeFindings(requestId: string, { mark, sent, outcomes }: Life): string[] {
  const [outcome] = outcomes;
  return [
    ...(outcomes.length === 1 ? [] : [`${mark} (${requestId}) ended as [${outcomes}]`]),
    ...(sent > 1 ? [`${mark} was sent ${sent} times`] : []),
    ...(sent === 0 && outcome !== "stationOffline" ? [`${mark}: ${outcome}, and never sent`] : []),
    ...(sent > 0 && outcome === "stationOffline" ? [`${mark} was sent to a station offline`] : []),
  ];
}

function heardFindings({ mark, sent, outcomes }: Life, times: number): string[] {
  return [
    ...(times > 1 ? [`${mark} was heard ${times} times`] : []),
    ...(times > 0 && sent === 0 ? [`${mark} was heard, and its sending not recorded`] : []),
    ...(times === 0 && outcomes.includes("accepted") ? [`${mark} was accepted by nobody`] : []),
  ];
}
