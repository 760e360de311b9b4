// What a console is told of what happens: little, soon, and no sooner than lists show it.
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";

let house: TestMotown;
let watched: { readonly leave: () => void }[] = [];

beforeEach(async () => {
  watched = [];
  house = await startTestMotown({
    limits: {
      ...{ liveChangesMs: 20, liveChangesStationsMax: 3, eventScanMax: 20 },
      liveHeartbeatMs: 50,
    },
  });
});
afterEach(async () => {
  for (const one of watched) one.leave();
  await house.stop();
});

interface Told {
  readonly id: string;
  readonly all?: true;
  readonly changed: Readonly<Record<string, readonly string[] | null>>;
}

const patienceMs = 4_000;

async function watch(after?: string, key = house.apiKey) {
  const ended = new AbortController();
  const query = after === undefined ? "" : `?after=${after}`;
  const response = await fetch(`${house.apiUrl}/api/v1/changes${query}`, {
    headers: { authorization: `Bearer ${key}`, accept: "text/event-stream" },
    signal: ended.signal,
  });
  let text = "";
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })();
  const over = reading.then(
    () => "ended" as const,
    () => "cut" as const,
  );
  const told = (): readonly Told[] =>
    [...text.matchAll(/^id: (.*)\ndata: (.*)$/gm)].map(([, id = "", data = ""]) => ({
      id,
      ...JSON.parse(data),
    }));
  const one = {
    status: response.status,
    told,
    over,
    leave: () => ended.abort(),
    until: async (isThere: (told: readonly Told[]) => boolean): Promise<readonly Told[]> => {
      for (const until = Date.now() + patienceMs; Date.now() < until; ) {
        if (isThere(told())) return told();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error(`told was only ${JSON.stringify(told())}`);
    },
  };
  watched.push(one);
  return one;
}

const register = (stationId: string) =>
  house.api("POST", "/api/v1/charging-stations", { stationId });

const stationsIn = (told: readonly Told[]) =>
  told.flatMap(({ changed }) => changed["charging-station"] ?? []);

it("names the stations that changed, when the lists show them", async () => {
  const viewer = await watch();
  await viewer.until((told) => told.length === 1);
  await register("CP1");
  const told = await viewer.until((all) => stationsIn(all).includes("CP1"));
  expect(told.at(0)).toMatchObject({ changed: {} });
  const { body } = await house.api("GET", "/api/v1/charging-stations/CP1");
  expect(body.stationId).toBe("CP1");
});

it("goes on from where a viewer was", async () => {
  const viewer = await watch();
  const [first] = await viewer.until((told) => told.length === 1);
  viewer.leave();
  await register("CP1");
  const again = await watch(first?.id);
  await again.until((told) => stationsIn(told).includes("CP1"));
  expect(again.told().some(({ all }) => all === true)).toBe(false);
});

it("says that everything may have changed to who was away for long", async () => {
  const viewer = await watch();
  const [first] = await viewer.until((told) => told.length === 1);
  viewer.leave();
  await Promise.all(Array.from({ length: 25 }, (_none, at) => register(`CP${at}`)));
  const again = await watch(first?.id);
  await again.until((told) => told.some(({ all }) => all === true));
});

it("says so, too, to who comes from a log that was here before", async () => {
  await Promise.all(Array.from({ length: 3 }, (_none, at) => register(`CP${at}`)));
  const viewer = await watch();
  const [first] = await viewer.until((told) => told.length === 1);
  const stranger = await watch(`${first?.id}zz`);
  await stranger.until((told) => told.some(({ all }) => all === true));
});

it("names no more stations than it may", async () => {
  const viewer = await watch();
  await viewer.until((told) => told.length === 1);
  await Promise.all(Array.from({ length: 12 }, (_none, at) => register(`CP${at}`)));
  await viewer.until((told) => told.some(({ changed }) => changed["charging-station"] === null));
  for (const { changed } of viewer.told()) {
    expect(changed["charging-station"]?.length ?? 0).toBeLessThanOrEqual(3);
  }
});

it("takes no cursor that is none", async () => {
  expect((await watch("nonsense")).status).toBe(400);
});

it("ends for whoever is known no more", async () => {
  const made = await house.api("POST", "/api/v1/api-keys", { name: "viewer" });
  const { apiKeyId, apiKey } = made.body as { apiKeyId: string; apiKey: string };
  const viewer = await watch(undefined, apiKey);
  const other = await watch();
  await viewer.until((told) => told.length === 1);
  await house.api("DELETE", `/api/v1/api-keys/${apiKeyId}`);
  expect(await viewer.over).toBe("ended");
  await register("CP1");
  await other.until((told) => stationsIn(told).includes("CP1"));
});
