// The vocabulary of stories, free of any version's words.
import type { Moment } from "./house.ts";
import { isOfStory, isoOf } from "./instants.ts";
import { namesOf } from "./names.ts";
import type { Call, Named, Reading } from "./speech/speech.ts";
import type { Station, World } from "./world.ts";

/** One step of a story. */
export type Step = (world: World) => Promise<void>;

type Text = string | undefined;
type Meter = number | string | undefined;

/** The station tells of a start. `undefined` leaves a member out. */
export function starts(
  session: string,
  said: {
    readonly at: Text;
    readonly wh: Meter;
    readonly evse?: number;
    readonly token?: string;
    readonly reservation?: number;
  },
): Step {
  const start = { session, evse: 1, token: "TAG", ...said };
  return tells(`start of ${session}`, said.at, ({ speaker }) => speaker.start(start));
}

/** The station tells what its meter says; `named` is how it calls the session, if it does. */
export function samples(
  session: string,
  readings: readonly Reading[],
  said: { readonly named?: Named; readonly evse?: number } = {},
): Step {
  const told = { session, evse: 1, readings, ...said };
  const named = "named" in said ? said.named : session;
  return tells(`samples of ${session}`, readings.at(-1)?.at, ({ speaker }) =>
    speaker.samples({ ...told, session: named }),
  );
}

/** The station tells of a stop, by the token TAG unless the story says otherwise. */
export function stops(
  session: string,
  said: {
    readonly at: Text;
    readonly wh: Meter;
    readonly token?: Text;
    readonly named?: number;
    readonly reason?: string;
    readonly readings?: readonly Reading[];
  },
): Step {
  const { named = session, ...rest } = said;
  return tells(`stop of ${session}`, said.at, ({ speaker }) =>
    speaker.stop({ token: "TAG", ...rest, session: named }),
  );
}

/** The very same again, under a new message id; a stop with the number that is known by now. */
export function again(what: string): Step {
  return (world) => tell(world, toldBefore(world.station, what)());
}

/** Motown answers, and the answer never gets to the station: the connection is gone. */
export function unheard(step: Step): Step {
  return async (world) => {
    world.hearing = "answers are lost";
    await step(world);
    world.hearing = "well";
    await world.cut();
  };
}

/** The store fails at this moment of the step, and the station never gets an answer. */
export function fails(moment: Moment, step: Step): Step {
  return async (world) => {
    world.house.strike(moment);
    world.hearing = "no answers come";
    await step(world);
    world.hearing = "well";
  };
}

/** The same, and Motown is gone with it; it comes back with what it has on disk. */
export function dies(moment: Moment, step: Step): Step {
  return async (world) => {
    await fails(moment, step)(world);
    await restarts(world);
  };
}

/** Motown ends and starts again on what it has on disk; the station is not connected. */
export const restarts: Step = async (world) => {
  await world.house.halt();
  world.station.client = undefined;
  await world.house.start();
};

/** The connection is cut without a word. */
export const cut: Step = (world) => world.cut();

/** The station connects. */
export const connects: Step = (world) => world.connect();

/** The station connects after a boot of its own. */
export const reboots: Step = async (world) => {
  if (world.station.client !== undefined) await world.cut();
  await world.connect();
  const call = world.station.speaker.boot();
  const answer = await world.client.call(call.action, { ...call.payload });
  if (answer.status !== "Accepted") throw new Error(`a boot was answered ${answer.status}`);
};

/** An EVSE reports its status, in the words of 1.6. */
export function reports(status: string, evse = 1): Step {
  return async (world) => {
    const call = world.station.speaker.status(evse, status);
    await world.client.call(call.action, { ...call.payload });
  };
}

/** It is that late now. */
export function later(instant: string): Step {
  return async (world) => world.house.clock.passTo(isoOf(instant));
}

/** A station of the neighbourhood does this; afterwards ours knows all that it knows. */
export function elsewhere(...steps: readonly Step[]): Step {
  return async (world) => {
    const { hero, answers } = world;
    const other = world.newStation();
    world.station = other;
    await world.house.admit(other.stationId);
    await world.connect();
    const { length } = answers;
    for (const step of steps) await step(world);
    // The case is about its own station: what others were answered is theirs.
    answers.length = length;
    world.station = hero;
    hero.speaker.recall(other.speaker);
  };
}

/** An operator gives a token a status and a group. */
export function token(uid: string, token: Readonly<Record<string, unknown>> = {}): Step {
  return async (world) => {
    await world.house.token(uid, { status: "accepted", ...token });
  };
}

/** An operator commands something about the station. */
export function commands(type: string): Step {
  return async (world) => {
    const { stationId } = world.station;
    await world.house.api("POST", `/charging-stations/${stationId}/commands`, { type });
  };
}

/** An operator decides something about a session (`EndTransaction`, `SettleReview`). */
export function decides(type: string, session: string): Step {
  return async (world) => {
    await world.house.api("POST", `/transactions/${await idOf(world, session)}/commands`, { type });
  };
}

/** An operator asks the station to end a session; it agrees. */
export function asksToStop(session: string): Step {
  return async (world) => {
    const transactionId = await idOf(world, session);
    const asked = { type: "RequestStopTransaction", transactionId };
    await world.house.api("POST", `/charging-stations/${world.station.stationId}/requests`, asked);
    await world.client.nextCall(world.speech.remoteStop.action);
    // In its turn behind the station's answer: once this is answered, that one was heard.
    await world.client.call(world.station.speaker.heartbeat().action);
  };
}

async function idOf(world: World, session: string): Promise<string> {
  await world.house.motown.idle();
  const names = namesOf(await world.events());
  const found = [...names].find(([, name]) => name === session)?.[0];
  if (found === undefined) throw new Error(`the log knows no session ${session}`);
  return found;
}

function tells(what: string, at: Text, compose: (station: Station) => Call): Step {
  return async (world) => {
    if (at !== undefined && isOfStory(at)) world.house.clock.passTo(isoOf(at));
    const { station } = world;
    station.told.set(what, () => compose(station));
    await tell(world, compose(station));
  };
}

function toldBefore(station: Station, what: string): () => Call {
  const compose = station.told.get(what);
  if (compose === undefined) throw new Error(`the station never told the ${what}`);
  return compose;
}

async function tell(world: World, call: Call): Promise<void> {
  if (world.hearing === "no answers come") return tellInVain(world, call);
  const { station } = world;
  const answer = await world.ask(call);
  if (typeof answer === "string") {
    world.answers.push({ refused: answer });
    return;
  }
  // A station of the same kind that nobody talks to afterwards.
  const ear = world.hearing === "well" ? station.speaker : world.speech.speaker();
  world.answers.push(ear.hear(call, answer));
}

/** Calls are answered in turn: once the heartbeat is, the call before it never will be. */
async function tellInVain(world: World, { action, payload }: Call): Promise<void> {
  const { client } = world;
  const messageId = `in-vain-${world.answers.length}`;
  client.sendRaw(JSON.stringify([2, messageId, action, payload]));
  await client.call(world.station.speaker.heartbeat().action);
  const given = client.answersTo(messageId);
  if (given.length > 0) throw new Error(`it was answered: ${given[0]?.text}`);
  world.answers.push("no answer");
}
