import { expect, it } from "vitest";
import { testClock } from "#support/environment";
import { createTurns } from "./turns.ts";

const settle = () => new Promise((done) => setImmediate(done));

it("those who wait have their turns in order, a few at a time", async () => {
  const clock = testClock();
  const turns = createTurns(clock, { backlogStationsPerTurn: 2 });
  const served: string[] = [];
  const station = async (name: string) => {
    for (let call = 1; call <= 2; call += 1) {
      await turns.next();
      served.push(`${name}${call}`);
    }
  };
  for (const name of ["a", "b", "c"]) void station(name);
  const turn = async () => {
    clock.advance(1);
    await settle();
    return served.splice(0);
  };
  expect(await turn()).toEqual(["a1", "b1"]);
  expect(await turn()).toEqual(["c1", "a2"]);
  expect(await turn()).toEqual(["b2", "c2"]);
  expect(clock.waiting).toBe(0);
});
