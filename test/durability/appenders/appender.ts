// A process of the appenders: stores on one log, eight appenders each, until its time is over. Its
// last line says what it was told. Usage: appender.ts <url> <number> <stores> <seconds>
import { createHash } from "node:crypto";
import { type EventStore, systemClock } from "#bus";
import { createPostgresEventStore } from "#event-store";
import { limitsWith } from "#limits";

/** What an appender was told: how many units are in the log, and a hash over their positions. */
export interface Told {
  readonly appender: string;
  readonly units: number;
  readonly positions: string;
  readonly conflicts: number;
}

const appendersPerStore = 8;
const sharedStreams = 16;
const sharedEvery = 8;
const silent = () => {};
const log = { debug: silent, info: silent, warn: silent, error: silent };
const [url = "", number = "", stores = "", seconds = ""] = process.argv.slice(2);
const deadline = performance.now() + Number(seconds) * 1000;

/** Its own stream and, now and then, one that others write, too. */
async function appendUntil(store: EventStore, appender: string): Promise<Told> {
  const hash = createHash("sha256");
  const versions = new Map<string, number>();
  let units = 0;
  let conflicts = 0;
  while (performance.now() < deadline) {
    const shared = Math.floor(units / sharedEvery) % sharedStreams;
    const isShared = units % sharedEvery === sharedEvery - 1;
    const stream = isShared ? `shared/${shared}` : `own/${appender}`;
    const expectedVersion = versions.get(stream) ?? 0;
    const data = JSON.stringify({ appender, unit: units });
    const events = [{ type: "Happened", schema: 1, data, meta: "{}" }];
    const receipt = { id: `${appender}-${units}`, answer: "", expiresAt: "2100-01-01T00:00:00Z" };
    const appends = [{ stream, expectedVersion, events }];
    const result = await store.append({ station: appender, appends, receipt });
    if (result.status === "conflict") {
      versions.set(stream, result.version);
      conflicts += 1;
    } else if (result.status === "committed") {
      versions.set(stream, expectedVersion + 1);
      hash.update(`${result.firstPosition} `);
      units += 1;
    } else throw new Error(`${appender}: ${JSON.stringify(result)}`);
  }
  return { appender, units, positions: hash.digest("hex"), conflicts };
}

const told = await Promise.all(
  Array.from({ length: Number(stores) }, async (_, at) => {
    const options = {
      url,
      node: `n${number}-${at}`,
      limits: limitsWith(),
      clock: systemClock,
      log,
    };
    const store = await createPostgresEventStore(options);
    const appenders = Array.from({ length: appendersPerStore }, (_, one) =>
      appendUntil(store, `${number}-${at}-${one}`),
    );
    const all = await Promise.all(appenders);
    await store.close();
    return all;
  }),
);
process.stdout.write(`${JSON.stringify(told.flat())}\n`);
