// Settings from flags and environment: what cannot be used is refused in words, and nothing breaks.

import { SettingProblem } from "../../../src/main/setting-problem.ts";
import { settingTable } from "../../../src/main/setting-table.ts";
import { loadSettings } from "../../../src/main/settings.ts";
import { type Chance, chanceOf } from "../generate/chance.ts";
import { jsonOf } from "../generate/json.ts";
import { oddText, oddValue } from "../generate/odd.ts";
import { findingsOf, type Round, type Target, wordsOf } from "../target.ts";

/** Starts of Motown that come as far as its settings. */
export function settingsTarget(): Target {
  return {
    name: "settings",
    frames: 2_000,
    round: async ({ seed, frames }): Promise<Round> => {
      const findings = findingsOf("settings", seed);
      const chance = chanceOf(seed);
      for (let frame = 1; frame <= frames; frame++) {
        const argv = argumentsOf(chance);
        const environment = environmentOf(chance);
        const sample = JSON.stringify({ argv, environment });
        try {
          const { port } = await loadSettings(argv, environment);
          if (!Number.isInteger(port)) findings.add({ what: `port ${port}`, frame, sample });
        } catch (error) {
          const inWords = error instanceof SettingProblem && error.message !== "";
          if (!inWords) findings.add({ what: wordsOf(error), frame, sample });
        }
      }
      return { frames, faults: findings.list };
    },
  };
}

const names = [...Object.keys(settingTable), "limitCallTimeoutMs", "config", "constructor", "x"];

function argumentsOf(chance: Chance): string[] {
  return Array.from({ length: chance.below(4) }, () => {
    const dashed = chance.pick(names).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const flag = `--${dashed}`;
    const value = valueFor(chance);
    return chance.pick([
      [`${flag}=${value}`],
      [flag, value],
      [flag],
      [value],
      [`--no-${flag.slice(2)}`],
    ]);
  }).flat();
}

function environmentOf(chance: Chance): Record<string, string> {
  const entries = Array.from({ length: chance.below(4) }, () => {
    const name = chance.pick(names).replace(/[A-Z]/g, "_$&").toUpperCase();
    const suffix = chance.once(6) ? "_FILE" : "";
    return [`MOTOWN_${name}${suffix}`, valueFor(chance)] as const;
  });
  if (chance.once(4)) entries.push(["MOTOWN_ADD_ONS", jsonOf(oddValue(chance))]);
  return Object.fromEntries(entries);
}

/** No path of a real file: what a file holds is another matter. */
function valueFor(chance: Chance): string {
  const odd = chance.once(3) ? jsonOf(oddValue(chance)) : oddText(chance);
  return chance.once(2)
    ? odd.replaceAll("/", "")
    : chance.pick(["1", "0", "true", "1e3", "0x10", " 8080"]);
}
