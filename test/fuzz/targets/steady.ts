// One house on a disk for all frames: what stations say may fill the log, and nothing else. The log
// and the views live in threads of their own, so that this thread's heap holds only what is kept.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock, systemDice, systemIds } from "#bus";
import { limitsWith } from "#limits";
import { loadSettings } from "../../../src/main/settings.ts";
import { type HouseStores, openHouseStores } from "../../../src/main/stores.ts";
import { complaintLog } from "../complaints.ts";
import { chanceOf } from "../generate/chance.ts";
import { type House, type HouseOptions, openHouse } from "../house.ts";
import { findingsOf, type Round, type Target } from "../target.ts";
import { playFrames, rpcStage, type Stage } from "./rpc.ts";

/** Short enough that nobody waits, and queues so small that one without an end shows. */
const limits: NonNullable<HouseOptions["limits"]> = {
  configurationWaitMs: 20,
  callTimeoutMs: 200,
  viewWakeMs: 10,
};

/** Frames over all stations of one house, round after round; `prepare` sees it as it begins. */
export function steadyTarget(prepare: (house: House) => void = () => {}): Target {
  let open:
    | { readonly house: House; readonly stage: Stage; readonly directory: string }
    | undefined;

  async function begin(seed: number) {
    const directory = await mkdtemp(join(tmpdir(), "motown-fuzz-"));
    const house = await openHouse({ seed, limits, stores: await storesIn(directory) });
    prepare(house);
    const findings = findingsOf("steady", seed);
    const stage = await rpcStage({ house, chance: chanceOf(seed), findings });
    return { house, stage, directory };
  }

  return {
    name: "steady",
    frames: 1_000,
    goesOn: true,
    growth: { bytes: 6 * 2 ** 20, bytesPerFrame: 20 },
    round: async ({ seed, frames }): Promise<Round> => {
      open ??= await begin(seed);
      const { stage } = open;
      stage.findings = findingsOf("steady", seed);
      const before = stage.frames;
      const after = await playFrames(stage, before + frames);
      return { frames: after - before, faults: stage.findings.list };
    },
    close: async () => {
      await open?.house.stop();
      if (open !== undefined) await rm(open.directory, { recursive: true, force: true });
      open = undefined;
    },
  };
}

async function storesIn(directory: string): Promise<HouseStores> {
  const settings = {
    ...(await loadSettings([], {})),
    dataDir: directory,
    database: "sqlite" as const,
  };
  const outside = { clock: systemClock, ids: systemIds, dice: systemDice, log: complaintLog() };
  return openHouseStores(settings, { ...outside, limits: limitsWith(limits) });
}
