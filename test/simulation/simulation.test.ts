// Goal: nothing that Motown acknowledges is lost or doubled, whatever happens. Method: the whole of
// it in small worlds of one seed each, with all that can go wrong; see README.md beside this file.
import { expect, it } from "vitest";
import { versions } from "#ocpp";
import { failureText } from "./report.ts";
import { runSeed } from "./run.ts";
import { speakers } from "./stations/speaker.ts";

const seeds = 200;
const perTest = 20;

for (let first = 1; first <= seeds; first += perTest) {
  const last = first + perTest - 1;
  it(`holds in the worlds ${first} to ${last}`, { timeout: 60_000 }, async () => {
    for (let seed = first; seed <= last; seed++) {
      const result = await runSeed({ seed });
      expect(result.violations.length, failureText(result)).toBe(0);
    }
  });
}

it("does the same again with the same seed, and something else with another", async () => {
  const [one, same, other] = [
    await runSeed({ seed: 7_001 }),
    await runSeed({ seed: 7_001 }),
    await runSeed({ seed: 7_002 }),
  ];
  expect(same.fingerprint).toBe(one.fingerprint);
  expect(other.fingerprint).not.toBe(one.fingerprint);
});

it("has a station for every version that Motown speaks", () => {
  expect(Object.keys(speakers).sort()).toEqual(versions.map(({ protocol }) => protocol).sort());
});
