import { createApi, PlainError } from "./api.ts";
import { compareEnergy } from "./compare.ts";
import { Fleet } from "./fleet.ts";
import type { RunOptions } from "./options.ts";
import { prepare } from "./prepare.ts";
import { type Screen, startLiveLine, summary } from "./report.ts";
import { twoOutlets } from "./station/model.ts";
import type { Time } from "./time.ts";
import type { SocketFactory } from "./wire/socket.ts";

/** What a run needs of the outside. */
export interface Surroundings {
  readonly time: Time;
  readonly socketTo: SocketFactory;
  readonly screen: Screen;
  /** Resolves when someone wants the run to end. */
  readonly interrupted: Promise<void>;
}

/** One run from preparation to summary; resolves with whether all went well. */
export async function simulate(options: RunOptions, outside: Surroundings): Promise<boolean> {
  const { time, socketTo, screen, interrupted } = outside;
  const { stationIds, url, tags, seed, speed, faults, once, onCall, apiKey } = options;
  const say = (line: string) => screen.write(`${line}\n`);
  const api = createApi({ url: options.api, key: apiKey });
  await getReady(options, outside);
  const fleet = new Fleet({
    stationIds,
    url,
    tags,
    time,
    seed,
    socketTo,
    speed,
    faults,
    once,
    onCall,
  });
  say(`${stationIds.length} stations connect to ${url} (seed ${seed}, speed ${speed}).`);
  const stopLine = startLiveLine(fleet, time, screen);
  const { durationSeconds } = options;
  const timeUp = new Promise<void>((resolve) => {
    if (durationSeconds !== undefined) time.after(durationSeconds * 1000, resolve);
  });
  await Promise.race([fleet.run(), timeUp, interrupted]);
  stopLine();
  say("Ending all sessions …");
  const isDelivered = await fleet.stop();
  if (!isDelivered) say(`${fleet.status().undelivered} messages could not be delivered.`);
  const energies = apiKey ? await compareEnergy(api, fleet.stations, { time }) : undefined;
  for (const line of summary(fleet, energies)) say(line);
  const agrees = energies?.every(({ differences }) => differences.length === 0) ?? true;
  return isDelivered && agrees && fleet.tally.errors() === 0;
}

async function getReady(options: RunOptions, { screen }: Surroundings): Promise<void> {
  const { stationIds, tags, apiKey } = options;
  const say = (line: string) => screen.write(`${line}\n`);
  const api = createApi({ url: options.api, key: apiKey });
  // Whoever answers is there; without a key this says more than a refusal would.
  await api.call("GET", "/livez");
  if (!options.prepares) {
    say("Nothing is prepared: the stations knock until an operator accepts them.");
    return;
  }
  if (apiKey === undefined) {
    throw new PlainError(
      "No API key, so the fleet cannot be prepared. Give --api-key or MOTOWN_API_KEY, or " +
        "--data-dir with the directory in which Motown keeps its key file (api-key).\n" +
        "With --no-prepare the stations just knock.",
    );
  }
  say(`Preparing through ${options.api}:`);
  const preparation = { stationIds, tags, model: twoOutlets };
  await prepare(api, preparation, (line) => say(`  ${line}`));
}
