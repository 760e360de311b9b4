// The whole layer between socket and log, with everything behind it: each CALL gets its one answer,
// in its turn and right by its schema; nobody else is disturbed, and nobody speaks who may not.
import { systemActor, toChargingStation } from "#core";
import type { OcppVersion } from "#ocpp";
import { parseFrame } from "../../../src/ocpp/rpc/frame.ts";
import { fromStationRow } from "../../../src/ocpp/rpc/rows.ts";
import { castOf, type Player, type SentFrame } from "../cast.ts";
import { type Chance, chanceOf } from "../generate/chance.ts";
import { realFrames } from "../generate/corpus.ts";
import { answerFrame, callFrame, type FrameMaking, rightPayload } from "../generate/frames.ts";
import { actionsOf } from "../generate/schemas.ts";
import { type House, openHouse } from "../house.ts";
import { patienceOf } from "../patience.ts";
import { type Findings, findingsOf, type Round, type Target, wordsOf } from "../target.ts";
import { wrongAnswer } from "./answers.ts";
import { houseProblems, watchDeviations, watchStrangers } from "./health.ts";

/** Options of the target, for those who want to see it find something. */
export interface RpcTargetOptions {
  readonly versions?: readonly OcppVersion[];
}

/** Frames over all stations of a house in memory. */
export function rpcTarget(options: RpcTargetOptions = {}): Target {
  return {
    name: "rpc",
    frames: 5_000,
    round: async ({ seed, frames }): Promise<Round> => {
      const house = await openHouse({ seed });
      const findings = findingsOf("rpc", seed);
      try {
        const stage = await rpcStage({
          ...{ house, chance: chanceOf(seed), findings },
          ...options,
        });
        return { frames: await playFrames(stage, frames), faults: findings.list };
      } finally {
        await house.stop();
      }
    },
  };
}

/** A frame on its way, and what must come of it. */
interface Sending {
  readonly player: Player;
  readonly text: string;
  readonly expects: { readonly id: unknown; readonly action?: string } | undefined;
}

/** A round in play. */
export interface Stage {
  readonly house: House;
  readonly chance: Chance;
  findings: Findings;
  readonly players: readonly Player[];
  readonly makings: ReadonlyMap<Player, FrameMaking>;
  readonly recent: string[];
  readonly watches: readonly { problems(): readonly string[] }[];
  frames: number;
}

/** Connects the stations that will speak. */
export async function rpcStage(given: {
  readonly house: House;
  readonly chance: Chance;
  readonly findings: Findings;
  readonly versions?: readonly OcppVersion[];
}): Promise<Stage> {
  const { house, chance, findings } = given;
  const corpus = await realFrames();
  const players = await castOf(house, given.versions);
  let ids = 0;
  const messageId = () => `f${++ids}`;
  const makings = players.map((player): [Player, FrameMaking] => {
    const known = knownTo(house, player);
    return [player, { chance, version: player.version, corpus, messageId, known }];
  });
  const watches = [watchStrangers(house, players), watchDeviations(house)];
  return {
    ...{ house, chance, findings, players, watches },
    ...{ makings: new Map(makings), recent: [], frames: 0 },
  };
}

/** What the station and Motown both know, so that frames mean something. */
function knownTo(house: House, { key }: Player): NonNullable<FrameMaking["known"]> {
  return (name, chance) => {
    switch (name) {
      case "connectorId":
        return chance.pick([0, 1, 1, 1, 2, 2, 3]);
      case "transactionId": {
        const running = house.bus.commands.stationNow(key)?.openTransactions ?? [];
        return running.length === 0 ? undefined : chance.pick(running).transactionNumber;
      }
      case "idTag":
        return chance.pick(["TAG", "tag", "OTHER", "💥", "T''"]);
      case "timestamp":
        return chance.once(2) ? house.clock.now() : undefined;
      case "reservationId":
        return chance.below(4);
      default:
        return undefined;
    }
  };
}

const restOnceIn = 40;

/** Plays until so many frames were said in all. */
export async function playFrames(stage: Stage, frames: number): Promise<number> {
  const { chance, findings } = stage;
  while (stage.frames < frames && !findings.full) {
    await turn(stage);
    if (chance.once(restOnceIn)) await rest(stage);
  }
  await rest(stage);
  return stage.frames;
}

/** One turn: every station says a few things, then all answers are looked at. */
async function turn(stage: Stage): Promise<void> {
  const { house, players, chance } = stage;
  const said = players.map((player) => {
    if (player.rights === "all" && chance.once(4)) askStation(stage, player);
    const length = chance.between(1, player.rights === "all" ? 6 : 2);
    return [player, Array.from({ length }, () => sendingOf(stage, player))] as const;
  });
  for (const [player, sendings] of said) {
    for (const { text } of sendings) say(stage, player, text);
    player.receive(probe);
    stage.frames += sendings.length + 1;
  }
  const isAnswered = ({ answers }: Player) => answers.at(-1)?.[1] === probeId;
  await house.during(untilAll(players, isAnswered)).catch((error: unknown) => {
    const silent = players.filter((player) => !isAnswered(player));
    const sample = silent.map(({ stationId, key }) => {
      const texts = said.find(([player]) => player.key === key)?.[1].map(({ text }) => text);
      return `${stationId}: ${texts?.join("\n")}`;
    });
    report(stage, `${wordsOf(error)}: no answer`, sample.join("\n"));
  });
  for (const [player, sendings] of said) look(stage, player, sendings);
  complain(stage, said.flatMap(([, sendings]) => sendings.map(({ text }) => text)).join("\n"));
}

const probeId = "probe";
const probe = JSON.stringify([2, probeId, "Heartbeat", {}]);

function say(stage: Stage, player: Player, text: string): void {
  try {
    player.receive(text);
  } catch (error) {
    report(stage, `threw ${wordsOf(error)}`, text);
  }
}

const busyTurns = 200;
const patienceMs = 20_000;

async function untilAll(
  players: readonly Player[],
  isDone: (player: Player) => boolean,
): Promise<void> {
  const patience = patienceOf(patienceMs);
  for (let turn = 0; !patience.isOver(); turn++) {
    if (players.every(isDone)) return;
    // A disk takes time, and a spinning wait would take it from whoever writes.
    await new Promise<void>((resolve) => {
      if (turn < busyTurns) setImmediate(resolve);
      else setTimeout(resolve, 1);
    });
  }
  throw new Error("a station waits for ever");
}

function sendingOf(stage: Stage, player: Player): Sending {
  // As it comes out of a socket: halves of characters come as escapes alone.
  const text = textOf(stage, player).toWellFormed();
  const frame = parseFrame(text);
  if (frame.kind === "call") {
    return { player, text, expects: { id: frame.id, action: frame.action } };
  }
  const id = frame.kind === "bad" ? frame.id : undefined;
  return { player, text, expects: id === undefined ? undefined : { id } };
}

function textOf({ chance, makings, recent }: Stage, player: Player): string {
  const making = makings.get(player) as FrameMaking;
  const [call] = player.open;
  if (call !== undefined && !chance.once(3)) {
    if (!chance.once(4)) player.open.shift();
    return answerFrame(making, call);
  }
  // The same again, by this station or another.
  if (recent.length > 0 && chance.once(12)) return chance.pick(recent);
  const text = callFrame(making);
  if (recent.push(text) > 50) recent.shift();
  return text;
}

const actor = systemActor("fuzz");

/** Asks the station something: any call of its version that we may send. */
function askStation({ house, chance, makings, findings, frames }: Stage, player: Player): void {
  const { version, key } = player;
  const making = makings.get(player) as FrameMaking;
  const asked = actionsOf(version).filter(({ direction }) => direction !== "fromStation");
  const { action } = chance.pick(asked);
  const requestId = making.messageId();
  const at = house.clock.now();
  const deadline = new Date(Date.parse(at) + 60_000).toISOString();
  const { known: _known, ...free } = making;
  const payload = rightPayload(free, action, "request") as Record<string, unknown>;
  const names = { requestId, correlationId: `c-${requestId}`, requestedAt: at, deadline };
  house.bus.commands
    .execute({
      ...{ actor, station: key },
      commands: [toChargingStation(key, "RequestOcppCall", { ...names, action, payload })],
    })
    .catch((error: unknown) =>
      findings.add({ what: wordsOf(error), frame: frames, sample: action }),
    );
}

/** What came back, frame for frame. */
function look(stage: Stage, player: Player, sendings: readonly Sending[]): void {
  const answers: readonly SentFrame[] = player.answers.splice(0);
  const expected = sendings.flatMap(({ expects }) => expects ?? []);
  const ids = answers.slice(0, -1).map(([, id]) => id);
  const text = sendings.map((sending) => sending.text).join("\n");
  if (JSON.stringify(ids) !== JSON.stringify(expected.map(({ id }) => id))) {
    report(stage, `was answered ${JSON.stringify(ids)}`, text);
  }
  for (const [at, { action }] of expected.entries()) {
    const answer = answers[at];
    if (answer === undefined) continue;
    const mayBeTaken = action !== undefined && maySay(player, action);
    const wrong = wrongAnswer(answer, { version: player.version, action, mayBeTaken });
    if (wrong !== undefined) report(stage, wrong, `${player.stationId}: ${text}`);
  }
  if (player.closed !== undefined) {
    report(stage, `was disconnected: ${player.closed}`, text);
    player.closed = undefined;
  }
}

function maySay({ rights, version }: Player, action: string): boolean {
  const row = fromStationRow(version, action);
  if (rights === "all" || typeof row === "string") return true;
  return row.admission === "anybody" || row.admission === rights;
}

/** Between turns: time passes, sockets change, deadlines end, and the house is looked at. */
async function rest(stage: Stage): Promise<void> {
  const { house, chance, players } = stage;
  house.advance(chance.pick([1_000, 40_000, 400_000]));
  await house.during(house.sweeper.sweep());
  if (chance.once(2)) await house.during(chance.pick(players).reconnect());
  await house.idle();
  for (const problem of await houseProblems(house, players)) report(stage, problem, "");
  for (const { problems } of stage.watches) {
    for (const problem of problems()) report(stage, problem, "");
  }
  complain(stage, "between turns");
}

function complain(stage: Stage, sample: string): void {
  for (const { message, words } of stage.house.log.take()) {
    report(stage, `the log says: ${message} ${words}`, sample);
  }
}

function report({ findings, frames }: Stage, what: string, sample: string): void {
  findings.add({ what, frame: frames, sample });
}
