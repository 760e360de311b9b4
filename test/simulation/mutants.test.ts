// Goal: the checks are awake. Method: one fault at a time is planted between the product and the
// ports of its world; within a few seeds the check that is there for it must have named it.
import { describe, expect, it } from "vitest";
import type { EventStore, StoredEvent } from "#bus";
import type { Invariant } from "./checks/violations.ts";
import { runSeed } from "./run.ts";
import type { World } from "./world/world.ts";

interface Mutant {
  readonly breaks: readonly Invariant[];
  readonly plant: (world: World) => void;
}

type Append = EventStore["append"];

/** The store as it is, but for how units are appended. */
const appending = (change: (append: Append, world: World) => Append) => (world: World) => {
  world.disk.change = (store) => ({ ...store, append: change(store.append, world) });
};

let turn = 0;
/** Every so many times. */
const everyNth = (count: number) => {
  turn += 1;
  return turn % count === 0;
};

const tellsAFact = (unit: Parameters<Append>[0]) =>
  unit.appends.some(({ stream }) => stream.startsWith("transaction/"));

const mutants: Readonly<Record<string, Mutant>> = {
  "acknowledges before the commit": {
    breaks: ["durableFirst"],
    plant: appending((append, { disk, timeline }) => async (unit) => {
      if (!tellsAFact(unit)) return append(unit);
      const firstPosition = disk.contents.events.length + 1;
      const count = unit.appends.reduce((sum, { events }) => sum + events.length, 0);
      timeline.after(500, () => void append(unit).catch(() => {}));
      return { status: "committed", firstPosition, lastPosition: firstPosition + count - 1 };
    }),
  },
  "loses a commit that it acknowledged": {
    breaks: ["durableFirst", "settles"],
    plant: appending((append, { disk }) => async (unit) => {
      if (!tellsAFact(unit) || !everyNth(5)) return append(unit);
      const lastPosition = disk.contents.events.length;
      return { status: "committed", firstPosition: lastPosition + 1, lastPosition };
    }),
  },
  "appends what it was told twice": {
    breaks: ["exactlyOnce"],
    plant: appending((append) => async (unit) => {
      const result = await append(unit);
      const samples = unit.appends.filter(({ events }) =>
        events.some(({ type }) => type === "MeterValuesSampled"),
      );
      if (result.status !== "committed" || samples.length === 0) return result;
      await append({
        appends: samples.map((one) => ({
          ...one,
          expectedVersion: one.expectedVersion + one.events.length,
        })),
      });
      return result;
    }),
  },
  "forgets its receipts": {
    breaks: ["exactlyOnce"],
    plant: (world) => {
      Object.assign(world.profile.weather, { double: 0.2, lose: 0.1 });
      appending(
        (append) =>
          ({ receipt: _lost, ...unit }) =>
            append(unit),
      )(world);
    },
  },
  "has a view that forgets an event": {
    breaks: ["views", "energy"],
    plant: ({ disk }) => {
      disk.views.change = (commit) =>
        everyNth(9) ? { ...commit, changes: commit.changes.slice(1) } : commit;
    },
  },
  "loses Wh": {
    breaks: ["energy"],
    plant: appending((append) => (unit) => {
      const appends = unit.appends.map((one) => ({ ...one, events: one.events.map(cheaper) }));
      return append({ ...unit, appends });
    }),
  },
  "answers twice": {
    breaks: ["oneAnswer"],
    plant: ({ wire }) => {
      const { said } = wire;
      wire.said = (link, text) => {
        said.call(wire, link, text);
        if (text.startsWith("[3,") && everyNth(5)) said.call(wire, link, text);
      };
    },
  },
  "answers on another station's socket": {
    breaks: ["oneAnswer"],
    plant: ({ wire, network }) => {
      const { said } = wire;
      wire.said = (link, text) => {
        const other = network.links.find(({ stationId }) => stationId !== link.stationId);
        const strays = text.startsWith("[3,") && other !== undefined && everyNth(5);
        said.call(wire, strays ? other : link, text);
      };
    },
  },
  "has two calls in flight": {
    breaks: ["oneInFlight"],
    plant: ({ wire }) => {
      const { said } = wire;
      wire.said = (link, text) => {
        said.call(wire, link, text);
        if (text.startsWith("[2,")) said.call(wire, link, text.replace('[2,"', '[2,"x'));
      };
    },
  },
  "lets everybody speak": {
    breaks: ["admission"],
    plant: ({ disk }) => {
      const isStranger = (stream: string) =>
        stream.startsWith("charging-station/") && !disk.contents.streams.has(stream);
      const believed = new Set<string>();
      disk.change = (store) => ({
        ...store,
        readStream: async (query) => {
          if (!isStranger(query.stream) && !believed.has(query.stream)) {
            return store.readStream(query);
          }
          believed.add(query.stream);
          return welcomed(query.stream).slice(query.afterVersion);
        },
        append: (unit) =>
          store.append({
            ...unit,
            appends: unit.appends.map((one) =>
              believed.has(one.stream)
                ? { ...one, expectedVersion: disk.contents.streams.get(one.stream)?.length ?? 0 }
                : one,
            ),
          }),
      });
    },
  },
  "does not end its requests": {
    breaks: ["settles"],
    plant: appending((append) => (unit) => {
      const isEnd = unit.appends.some(({ events }) =>
        events.some(({ type }) => type === "RequestCompleted"),
      );
      return isEnd ? Promise.resolve({ status: "fenced", epoch: 0 }) : append(unit);
    }),
  },
  "sends a request twice": {
    breaks: ["onceAsked"],
    plant: appending((append) => async (unit) => {
      const result = await append(unit);
      const sent = unit.appends.filter(({ events }) => events.some(isSent));
      if (result.status !== "committed" || sent.length === 0) return result;
      await append({
        appends: sent.map((one) => ({
          ...one,
          expectedVersion: one.expectedVersion + one.events.length,
          events: one.events.filter(isSent),
        })),
      });
      return result;
    }),
  },
};

const isSent = ({ type }: { readonly type: string }) => type === "RequestSent";

/** The history of a station that was let in, which nobody ever wrote. */
function welcomed(stream: string): StoredEvent[] {
  const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "unknown" }] }];
  const born = { stationId: stream.split("/")[1], administrators: [], transactionNumberBase: 1 };
  const history = [
    ["ChargingStationCreated", born],
    ["ChargingStationAccepted", {}],
    ["ChargingStationConfigured", { evses, inferred: false }],
  ] as const;
  return history.map(([type, data], at) => ({
    ...{ stream, type, schema: 1, version: at + 1, position: at + 1 },
    ...{ data: JSON.stringify(data), meta: '{"actor":{"kind":"operator","id":"nobody"}}' },
  }));
}

function cheaper<E extends { readonly type: string; readonly data: string }>(event: E): E {
  if (event.type !== "TransactionStopped") return event;
  const data = JSON.parse(event.data);
  return { ...event, data: JSON.stringify({ ...data, energyMilliWh: data.energyMilliWh - 1 }) };
}

const seedsMax = 8;

describe("a Motown that", () => {
  for (const [name, { plant, breaks }] of Object.entries(mutants)) {
    it(`${name} is found out`, { timeout: 60_000 }, async () => {
      const found = new Set<Invariant>();
      for (let seed = 9_001; seed < 9_001 + seedsMax && found.size === 0; seed++) {
        const { violations } = await runSeed({ seed, plant, stepsMax: 60_000 });
        for (const { invariant } of violations)
          if (breaks.includes(invariant)) found.add(invariant);
      }
      expect(found.size, `none of ${breaks.join(", ")} was named`).toBeGreaterThan(0);
    });
  }
});
