// The operator API: every operation, with parts that are right and parts that are wrong. Nothing is
// answered with a failure of ours, every refusal is a problem document, and answers are as
// described.
import { Ajv2020 } from "ajv/dist/2020.js";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { castOf, type Player } from "../cast.ts";
import { type Desk, openDesk } from "../desk.ts";
import { type Chance, chanceOf } from "../generate/chance.ts";
import { realFrames } from "../generate/corpus.ts";
import { answerFrame, callFrame, type FrameMaking } from "../generate/frames.ts";
import { type ApiRequest, apiRequest, type Operation } from "../generate/requests.ts";
import { type House, openHouse } from "../house.ts";
import { type Findings, findingsOf, type Round, type Target, wordsOf } from "../target.ts";
import { houseProblems } from "./health.ts";

/** Requests to the API of a house whose stations play along. */
export function apiTarget(prepare: (desk: Desk) => void = () => {}): Target {
  return {
    name: "api",
    frames: 2_000,
    round: async ({ seed, frames }): Promise<Round> => {
      // Small waits, so that a request that waits for its outcome waits for no one.
      const limits = { apiWaitSecondsMax: 5, apiBodyBytesMax: 200_000, loginFailuresMax: 1e9 };
      const house = await openHouse({ seed, limits });
      const findings = findingsOf("api", seed);
      const desk = await openDesk(house);
      prepare(desk);
      try {
        const stage = await stageOf({ house, desk, findings, chance: chanceOf(seed) });
        return { frames: await play(stage, frames), faults: findings.list };
      } finally {
        await desk.app.close();
        await house.stop();
      }
    },
  };
}

interface Given {
  readonly house: House;
  readonly desk: Desk;
  readonly findings: Findings;
  readonly chance: Chance;
}

interface Stage extends Given {
  readonly players: readonly Player[];
  readonly makings: ReadonlyMap<Player, FrameMaking>;
  readonly names: ReturnType<typeof namesOf>;
  readonly check: (operation: Operation, status: number, body: unknown) => string | undefined;
}

async function stageOf(given: Given): Promise<Stage> {
  const { house, chance, desk } = given;
  const players = await castOf(house);
  const corpus = await realFrames();
  let ids = 0;
  const messageId = () => `f${++ids}`;
  const makings = players.map((player): [Player, FrameMaking] => [
    player,
    { chance, version: player.version, corpus, messageId },
  ]);
  const names = namesOf(players);
  return { ...given, players, makings: new Map(makings), names, check: answerCheck(desk) };
}

/** Names of what is there: what answers show is asked for later. */
function namesOf(players: readonly Player[]) {
  const seen = new Map<string, unknown[]>([
    ["stationId", players.map(({ stationId }) => stationId)],
    ["uid", ["TAG", "T''", "💥"]],
    ["identifyingToken", ["TAG", "tag", "T''", "💥"]],
    ["vendor", ["Acme", "💥", "__proto__"]],
    ["model", ["One", "'"]],
    ["user", ["ada", "admin2"]],
    ["evseId", [1, 2, 3]],
    ["permission", ["AllPermissions", "RequestReset", "RequestReset.hard"]],
    ["timeStart", ["08:00"]],
    ["timeStop", ["17:30"]],
  ]);
  const wanted = new Set([
    ...[
      "transactionId",
      "requestId",
      "reservationId",
      "apiKeyId",
      "user",
      "cursor",
      "correlationId",
    ],
    ...["transactionNumber", "reservationNumber", "tokenRef", "typeKey", "partition", "addOn"],
  ]);
  const kept = 30;
  return {
    known: (name: string, chance: Chance): unknown => {
      const list = seen.get(name === "after" ? "cursor" : name);
      return list === undefined || list.length === 0 ? undefined : chance.pick(list);
    },
    learn: (value: unknown): void => {
      for (const [name, member] of membersOf(value)) {
        const called = name === "next" ? "cursor" : name;
        if (!wanted.has(called) || typeof member === "object" || member === "preset") continue;
        const list = seen.get(called) ?? [];
        if (!list.includes(member)) list.push(member);
        if (list.length > kept) list.shift();
        seen.set(called, list);
      }
    },
  };
}

function* membersOf(value: unknown): Generator<readonly [string, unknown]> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield [name, member];
    yield* membersOf(member);
  }
}

/** Where all is built anew, or passwords are hashed as slowly as they should be. */
const slow = /(rebuild|password|password-resets|\/users|\/session)$/;
const lookEvery = 100;

async function play(stage: Stage, frames: number): Promise<number> {
  const { house, desk, chance, findings, players } = stage;
  const changes = desk.operations.filter(({ method }) => method !== "GET");
  let frame = 0;
  while (frame < frames && !findings.full) {
    frame += 1;
    const operation = chance.pick(chance.once(2) ? desk.operations : changes);
    if (slow.test(operation.path) && !chance.once(10)) continue;
    if (chance.once(3)) speak(stage, chance.pick(players));
    const request = apiRequest(
      { chance, apiKey: desk.apiKey, known: stage.names.known },
      operation,
    );
    const sample = JSON.stringify(request);
    try {
      const answer = await house.during(ask(stage, request), () => playAlong(stage));
      const wrong = wrongIn(stage, { operation, request, answer });
      if (wrong !== undefined) findings.add({ what: wrong, frame, sample });
    } catch (error) {
      findings.add({ what: wordsOf(error), frame, sample });
    }
    for (const { message, words } of house.log.take()) {
      // A wish that the station's version has no word for; its outcome says so.
      if (message.startsWith("A request was not sent")) continue;
      findings.add({ what: `the log says: ${message} ${words}`, frame, sample });
    }
    if (frame % lookEvery !== 0) continue;
    house.advance(10_000);
    await house.during(house.sweeper.sweep());
    await house.idle();
    for (const what of await houseProblems(house, players))
      findings.add({ what, frame, sample: "" });
  }
  return frame;
}

/** A station says something of its own, so that there is something to ask for. */
function speak({ makings }: Stage, player: Player): void {
  const making = makings.get(player) as FrameMaking;
  player.receive(callFrame(making).toWellFormed());
  player.answers.length = 0;
}

/** Stations answer what they were asked. */
function playAlong({ players, makings }: Stage): void {
  for (const player of players) {
    for (const call of player.open.splice(0)) {
      player.receive(answerFrame(makings.get(player) as FrameMaking, call).toWellFormed());
    }
  }
}

/** What has no end unless whoever asks goes away. */
const alwaysLive = /^\/api\/v1\/changes/;

async function ask({ desk, chance }: Stage, request: ApiRequest): Promise<LightMyRequestResponse> {
  const { method, url, headers, payload } = request;
  const options: InjectOptions = {
    ...{ method: method as "GET", url, headers },
    ...(payload === undefined ? {} : { payload }),
  };
  const isLive = alwaysLive.test(url) || (url.startsWith("/api/v1/events") && chance.once(3));
  if (!isLive) return desk.app.inject(options);
  const live = { ...headers, accept: "text/event-stream" };
  const answer = await desk.app.inject({ ...options, headers: live, payloadAsStream: true });
  const isStream = String(answer.headers["content-type"]).includes("text/event-stream");
  answer.stream().destroy();
  answer.raw.res.destroy();
  // What was refused is asked for once more, to be read as a whole.
  return isStream ? answer : desk.app.inject(options);
}

function wrongIn(
  { check, names }: Stage,
  given: {
    readonly operation: Operation;
    readonly request: ApiRequest;
    readonly answer: LightMyRequestResponse;
  },
): string | undefined {
  const { operation, request, answer } = given;
  const { statusCode } = answer;
  const type = String(answer.headers["content-type"] ?? "");
  if (type.includes("text/event-stream") || request.method === "HEAD") {
    return statusCode < 500 ? undefined : `answered ${statusCode}`;
  }
  if (statusCode >= 400) return wrongProblem(answer, type);
  const isStranger = !request.known && operation.security.length > 0;
  if (isStranger && request.method === operation.method && statusCode < 300) {
    return `a stranger was answered ${statusCode}`;
  }
  if (statusCode === 304 || !/^application\/json\b/.test(type)) return undefined;
  const body = answer.json<unknown>();
  names.learn(body);
  // What goes up in the address leads to another operation.
  const isMeant = request.method === operation.method && !/\/\.\.?(\/|$)/.test(request.url);
  return isMeant ? check(operation, statusCode, body) : undefined;
}

/** Documented, but not to be met in a house whose store does not fail. */
const unmet = [500, 501, 502, 503, 504];

function wrongProblem(answer: LightMyRequestResponse, type: string): string | undefined {
  const { statusCode, body } = answer;
  if (unmet.includes(statusCode)) return `answered ${statusCode}: ${body.slice(0, 500)}`;
  if (!type.startsWith("application/problem+json")) return `${statusCode} as ${type}: ${body}`;
  const { status, code, title } = answer.json<Record<string, unknown>>();
  const good = status === statusCode && typeof code === "string" && typeof title === "string";
  return good ? undefined : `${statusCode} is no problem document: ${body.slice(0, 500)}`;
}

let known: { readonly text: string; readonly check: Stage["check"] } | undefined;

/** Whether an answer is as the document says, which is the same round after round. */
function answerCheck({ document }: Desk): Stage["check"] {
  const text = JSON.stringify(document);
  if (known?.text !== text) known = { text, check: checkOf(document) };
  return known.check;
}

function checkOf(document: object): Stage["check"] {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, "openapi");
  return ({ path, method, answers }, status, body) => {
    const described = answers[status] as { readonly content?: unknown } | undefined;
    if (described === undefined) return `${status} is not described`;
    if (described.content === undefined) return undefined;
    const parts = ["paths", path, method.toLowerCase(), "responses", String(status), "content"];
    const pointer = [...parts, "application/json", "schema"].map(pointed).join("/");
    const validate = ajv.getSchema(`openapi#/${pointer}`);
    if (validate === undefined || validate(body) === true) return undefined;
    const [first] = validate.errors ?? [];
    return `the answer is not as described: ${first?.instancePath} ${first?.message}`;
  };
}

function pointed(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
