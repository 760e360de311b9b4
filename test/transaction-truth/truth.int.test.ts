// Whatever stations tell of their sessions: what is stored, answered, shown, and flagged.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { versions } from "#ocpp";
import type { TruthCase } from "./case.ts";
import { groups } from "./cases/index.ts";
import { House } from "./house.ts";
import { checkFrames, toldOf } from "./judge.ts";
import { speeches } from "./speech/index.ts";
import type { Speech } from "./speech/speech.ts";
import { World } from "./world.ts";

/** For what starts Motowns: a machine that does much else at the same time takes its time. */
const patienceMs = 30_000;
let inMemory: House;
let onDisk: House;
beforeAll(async () => {
  [inMemory, onDisk] = await Promise.all([House.open("memory"), House.open("sqlite")]);
}, patienceMs);
afterAll(async () => {
  await inMemory?.close();
  await onDisk?.close();
}, patienceMs);

async function play(speech: Speech, one: TruthCase): Promise<void> {
  const house = one.durable === true ? onDisk : inMemory;
  house.clock.turnBack();
  const begun = house.log.lines.length;
  const world = await World.open(house, { speech, crooked: one.crooked === true });
  try {
    for (const step of one.story) await step(world);
    const { stored, answered, shown, flagged } = one;
    expect(await toldOf(world)).toEqual({ stored, answered, shown, flagged });
    checkFrames(world);
    const bugs = house.log.lines.slice(begun).filter(({ message }) => message.includes("a bug"));
    expect(bugs, "bugs of ours").toEqual([]);
  } finally {
    await world.close();
  }
}

it("there is a speech for every version in JSON", () => {
  expect(speeches.map(({ protocol }) => protocol)).toEqual(versions.map((one) => one.protocol));
});

describe.each(speeches.map((speech) => [speech.protocol, speech] as const))(
  "%s",
  (_name, speech) => {
    const isMeant = ({ needs = [] }: TruthCase) =>
      needs.every((one) => speech.traits.includes(one));
    describe.each(groups.map((group) => [group.title, group] as const))(
      "%s",
      (_title, { cases }) => {
        for (const one of cases.filter(isMeant)) {
          it(one.title, () => play(speech, one), one.durable === true ? patienceMs : undefined);
        }
      },
    );
  },
);
