// A fleet's random life, as the deciders let it happen: the same seed, the same history.
import {
  type AnyDecidedEvent,
  type Command,
  categoryOf,
  decide,
  deciderOf,
  type EventDataOf,
  type EventType,
  fold,
  isRejection,
  meterValues,
  oneEvse,
  type StationKey,
  type StationState,
  streams,
  systemActor,
  toChargingStation,
  toStationType,
  toToken,
  transactionStarted,
  transactionStopped,
  wholeStation,
} from "#core";
import { testDice } from "./environment.ts";
import type { WrittenLog } from "./view-story.ts";

/** Writes one event and returns its position. */
export type Writer = (log: WrittenLog) => number;

const everybody = { ...systemActor("test"), kind: "station" as const };
const motown = systemActor("test");

/** A world of three stations, two tokens and a type, and the chance that moves it. */
interface World {
  readonly states: Map<string, unknown>;
  readonly below: (limit: number) => number;
  seconds: number;
  ids: number;
}

/** At least so many events, one writer each. */
export function* randomHistory(seed: number, events: number): Generator<Writer> {
  const world: World = { states: new Map(), below: testDice(seed).below, seconds: 0, ids: 0 };
  let count = 0;
  for (const n of [0, 1, 2]) {
    for (const writer of run(world, beginning(`cp0${n}`, n))) yield writer;
  }
  while (count < events) {
    world.seconds += world.below(20);
    const station = `cp0${world.below(3)}`;
    const commands = pick(world, deeds)(world, station);
    for (const writer of run(world, commands)) {
      count += 1;
      yield writer;
    }
  }
}

function beginning(key: StationKey, n: number): Command[] {
  const evses = [evse(1), evse(2)];
  return [
    toChargingStation(key, "CreateChargingStation", {
      stationId: key.toUpperCase(),
      administrators: ["ada"],
      transactionNumberBase: n,
    }),
    toChargingStation(key, "AcceptChargingStation", {}),
    toChargingStation(key, "ConfigureChargingStation", { evses }),
    toChargingStation(key, "MakeChargingStationReservable", {}),
  ];
}

/** Decides commands one after the other; what is refused has not happened. */
function* run(world: World, commands: readonly Command[]): Generator<Writer> {
  for (const { stream, type, data } of commands) {
    const decider = deciderOf(categoryOf(stream));
    const state = world.states.get(stream) ?? decider.initialState;
    const asStation = decide(decider, { actor: everybody, state, type, data });
    const decision = isRejection(asStation)
      ? decide(decider, { actor: motown, state, type, data })
      : asStation;
    if (isRejection(decision)) continue;
    world.states.set(stream, fold(decider, state, decision));
    for (const event of decision as readonly AnyDecidedEvent[]) {
      yield (log) =>
        log.write(stream, event.type as EventType, event.data as EventDataOf<EventType>);
    }
  }
}

type Deed = (world: World, station: StationKey) => readonly Command[];

const at = (world: World) => new Date(Date.UTC(2026, 4, 4) + world.seconds * 1000).toISOString();
const later = (world: World, seconds: number) =>
  new Date(Date.UTC(2026, 4, 4) + (world.seconds + seconds) * 1000).toISOString();
const newId = (world: World) => `id${++world.ids}`;
const pick = <T>(world: World, list: readonly T[]): T => list[world.below(list.length)] as T;
const evse = (evseId: number) => ({ evseId, connectors: [{ connectorId: 1, type: "T2" }] });
const stateOf = (world: World, station: StationKey) =>
  world.states.get(streams.chargingStation(station)) as StationState;

function asked(world: World) {
  const requestId = newId(world);
  const deadline = later(world, 30);
  return { requestId, correlationId: `c-${requestId}`, requestedAt: at(world), deadline };
}

function samples(world: World) {
  return [1, 2].map((n) => ({
    at: later(world, n),
    measurand: n === 1 ? "Energy.Active.Import.Register" : "Power.Active.Import",
    milli: world.below(1_000_000),
    unit: n === 1 ? "Wh" : "W",
    context: "Sample.Periodic",
    location: "Outlet",
  }));
}

const boots: Deed = (world, station) => [
  toChargingStation(station, "RecordBoot", {
    at: at(world),
    protocol: "ocpp1.6",
    vendor: "Acme",
    model: pick(world, ["One", "Two"]),
    firmwareVersion: String(world.below(3)),
  }),
];

const says: Deed = (world, station) => [
  toChargingStation(station, "RecordStatus", {
    target: pick(world, [wholeStation, oneEvse(1), oneEvse(2)]),
    status: pick(world, ["available", "charging", "unavailable"] as const),
    statusAt: at(world),
    at: at(world),
  }),
];

const starts: Deed = (world, station) =>
  transactionStarted(stateOf(world, station), station, {
    at: at(world),
    transactionId: newId(world),
    evseId: 1 + world.below(2),
    tokenRef: pick(world, ["t1", "t2"]),
    startedAt: at(world),
    meterStartMilliWh: world.below(1000),
    reservationNumber: world.below(4),
  });

const meters: Deed = (world, station) =>
  meterValues(stateOf(world, station), station, {
    at: at(world),
    evseId: world.below(3),
    samples: samples(world),
  });

const stops: Deed = (world, station) => {
  const state = stateOf(world, station);
  const known = pick(world, [...state.openTransactions, ...state.closedTransactions]);
  return transactionStopped(state, station, {
    at: at(world),
    transactionNumber: known?.transactionNumber ?? 0,
    tokenRef: pick(world, ["t1", "t2"]),
    stoppedAt: at(world),
    meterStopMilliWh: world.below(1_000_000),
    reason: "Local",
    samples: world.below(2) === 0 ? [] : samples(world),
    transactionId: newId(world),
  });
};

const asks: Deed = (world, station) => {
  const { openTransactions } = stateOf(world, station);
  const transactionId = pick(world, openTransactions)?.transactionId ?? "none";
  const profile = {
    chargingProfileId: 1 + world.below(3),
    stackLevel: world.below(2),
    chargingProfilePurpose: "TxDefaultProfile" as const,
    chargingProfileKind: "Absolute" as const,
    chargingSchedule: {
      chargingRateUnit: "A" as const,
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
    },
  };
  const expiresAt = later(world, 60);
  return pick<() => Command[]>(world, [
    () => [toChargingStation(station, "RequestReset", { ...asked(world), kind: "soft" })],
    () => [toChargingStation(station, "RequestUnlockEvse", asked(world))],
    () => [
      toChargingStation(station, "RequestStartTransaction", { ...asked(world), tokenRef: "t1" }),
    ],
    () => [
      toChargingStation(station, "RequestStopTransaction", { ...asked(world), transactionId }),
    ],
    () => [
      toChargingStation(station, "RequestReserveNow", {
        ...asked(world),
        reservationId: newId(world),
        tokenRef: "t1",
        expiresAt,
      }),
      toChargingStation(station, "RecordReservationMade", {
        reservationId: newId(world),
        reservationNumber: 1 + world.below(3),
        expiresAt,
      }),
    ],
    () => [
      toChargingStation(station, "RecordChargingProfileSet", {
        target: pick(world, [wholeStation, oneEvse(1)]),
        chargingProfile: profile,
        at: at(world),
      }),
    ],
    () => [
      toChargingStation(station, "RecordChargingProfilesCleared", {
        filter: { stackLevel: world.below(2) },
        at: at(world),
      }),
    ],
    () => [
      toChargingStation(station, "RequestFirmwareUpdate", {
        ...asked(world),
        location: "https://example.org/fw",
        retrieveAt: at(world),
      }),
      toChargingStation(station, "RecordFirmwareStatus", { status: "Idle", at: at(world) }),
    ],
  ])();
};

const answers: Deed = (world, station) => {
  const { requests, awaited, reservations } = stateOf(world, station);
  const requestId = pick(world, requests)?.requestId ?? "none";
  const now = at(world);
  return [
    toChargingStation(station, "RecordRequestSent", { requestId, epoch: 1, at: now }),
    toChargingStation(station, "RecordRequestCompleted", {
      requestId,
      outcome: pick(world, ["accepted", "rejected", "failed"] as const),
      at: now,
    }),
    toChargingStation(station, "ExpireFollowUp", {
      requestId: pick(world, awaited)?.requestId ?? "none",
      at: now,
    }),
    toChargingStation(station, "ExpireReservation", {
      reservationId: pick(world, reservations)?.reservationId ?? "none",
      at: now,
    }),
  ];
};

const sets: Deed = (world, station) => {
  const item = { key: pick(world, ["A", "B", "C"]), value: String(world.below(9)) };
  const entry = { tokenRef: pick(world, ["t1", "t2"]), status: "accepted" as const };
  const now = at(world);
  return [
    toChargingStation(station, "RecordConfigurationItems", {
      items: [{ ...item, readonly: false }],
      unknownKeys: [],
      requestedKeys: world.below(2) === 0 ? [] : [item.key],
      at: now,
    }),
    toChargingStation(station, "RecordConfigurationItemChanged", {
      ...item,
      rebootRequired: world.below(2) === 0,
      at: now,
    }),
    toChargingStation(station, "RecordAuthorizationListChanged", {
      updateType: pick(world, ["full", "differential"] as const),
      entries: [entry],
      listVersion: 1 + world.below(5),
      at: now,
    }),
    toChargingStation(station, "RecordAvailabilityChanged", {
      target: pick(world, [wholeStation, oneEvse(2)]),
      availability: pick(world, ["operative", "inoperative"] as const),
      at: now,
    }),
    toChargingStation(station, "RecordDeviation", {
      code: pick(world, ["x", "y", "z"]),
      at: now,
    }),
  ];
};

const governs: Deed = (world, station) =>
  pick<() => Command[]>(world, [
    () => [
      toChargingStation(station, "ConfigureChargingStation", {
        evses: pick(world, [[evse(1)], [evse(1), evse(2)], [evse(2), evse(3)]]),
      }),
    ],
    () => [toChargingStation(station, "UnacceptChargingStation", {})],
    () => [toChargingStation(station, "AcceptChargingStation", {})],
    () => [
      toChargingStation(station, "GrantPermission", { user: "bob", permission: "RequestReset" }),
    ],
    () => [
      toChargingStation(station, "RevokePermission", { user: "bob", permission: "RequestReset" }),
    ],
    () => [
      toToken(pick(world, ["t1", "t2"]), "SetToken", {
        status: pick(world, ["accepted", "blocked"] as const),
        concurrency: 1 + world.below(3),
      }),
    ],
    () => [toToken("t2", "RemoveToken", {})],
    () => [
      toStationType("acme|one", "DefineStationType", {
        vendor: "Acme",
        model: "One",
        evses: [evse(1 + world.below(2))],
      }),
    ],
    () => [toStationType("acme|one", "RemoveStationType", { vendor: "Acme", model: "One" })],
  ])();

const deeds: readonly Deed[] = [
  boots,
  says,
  says,
  starts,
  starts,
  meters,
  meters,
  meters,
  stops,
  asks,
  asks,
  answers,
  answers,
  sets,
  governs,
];
