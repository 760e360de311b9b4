import {
  type Bus,
  type Environment,
  type EventStore,
  instantAfter,
  restoredMark,
  UnknownEvent,
} from "#bus";
import { type StationKey, stationOfStream, systemActor, toChargingStation } from "#core";

const actor = systemActor("restore");
/** More than any station is given between two backups. */
const least = 1_000_000;
const pageSize = 500;
/** The log is looked through in parts of so many events, each of which takes a moment. */
const stretch = 20_000;
const dayMs = 86_400_000;

interface Parts extends Pick<Environment, "clock" | "dice" | "limits" | "log"> {
  readonly bus: Pick<Bus, "commands">;
  readonly store: Pick<EventStore, "checkpoint" | "head" | "readAll" | "saveCheckpoint">;
}

/**
 * A log that was restored does not know the numbers that stations were given after its backup was
 * made, and stations may hold them still: each one's go on far above them, before any is given. How
 * far is drawn, so that the same backup restored twice does not give the same numbers twice.
 */
export async function skipGivenNumbers(parts: Parts): Promise<void> {
  const { store, log, dice } = parts;
  const restoredAt = await store.checkpoint(restoredMark);
  if (restoredAt === 0) return;
  const by = least + dice.below(least);
  const outcomes = { skipped: 0, unreadable: 0 };
  for await (const stations of stationsIn(store)) {
    const results = await Promise.all(
      stations.map((station) => skip(parts, { station, by, restoredAt })),
    );
    for (const result of results) outcomes[result] += 1;
  }
  const fields = { by, ...outcomes };
  if (outcomes.unreadable > 0) {
    log.warn("Numbers of some stations go on where they were: a newer release has to see to them", {
      ...fields,
    });
    return;
  }
  await store.saveCheckpoint({ consumer: restoredMark, position: 0 });
  log.info("The log was restored: numbers of all stations go on far above those given", fields);
}

async function* stationsIn(
  store: Pick<EventStore, "head" | "readAll">,
): AsyncGenerator<readonly StationKey[]> {
  const head = await store.head();
  for (let after = 0; after < head; ) {
    const until = after + stretch;
    const only = { types: ["ChargingStationCreated"], until };
    const page = await store.readAll({ after, limit: pageSize, only });
    yield page.flatMap(({ stream }) => stationOfStream(stream) ?? []);
    after = page.length === pageSize ? (page.at(-1)?.position ?? until) : until;
  }
}

/** Nodes that start together do it once: the receipt tells one restore from the next. */
async function skip(
  { bus, clock, limits }: Parts,
  given: { readonly station: StationKey; readonly by: number; readonly restoredAt: number },
): Promise<"skipped" | "unreadable"> {
  const { station, by, restoredAt } = given;
  const expiresAt = instantAfter(clock.now(), limits.receiptDays * dayMs);
  try {
    const result = await bus.commands.execute({
      ...{ actor, station, commands: [toChargingStation(station, "SkipNumbers", { by })] },
      receipt: { id: `restore/${restoredAt}/${station}`, expiresAt },
    });
    if (result.status === "rejected" || result.status === "fenced") {
      throw new Error(`numbers of ${station} could not be skipped: ${JSON.stringify(result)}`);
    }
    return "skipped";
  } catch (error) {
    // It is given no number either, before a node can read it.
    if (error instanceof UnknownEvent) return "unreadable";
    throw error;
  }
}
