import { Type } from "@sinclair/typebox";
import { createLru } from "#bus";
import { closed } from "#core";
import type { Tally, TallyQuery, ViewName } from "#views";
import type { Api } from "../api.ts";
import { type Resource, route } from "../http/route.ts";
import { saidBy, soon } from "../operation/soon.ts";
import { connectedStations } from "../operation/status.ts";

const count = (description?: string) =>
  Type.Integer({ minimum: 0, ...(description === undefined ? {} : { description }) });

const Counts = Type.Record(Type.String(), count());

const Overview = Type.Object({
  at: Type.String({ format: "date-time", description: "when it was counted" }),
  stations: Type.Object({
    total: count("without decommissioned ones"),
    connected: Type.Optional(count("sockets of stations; absent while no node can tell")),
    byState: Counts,
  }),
  evses: Type.Object({ total: count(), byStatus: Counts }),
  sessions: Type.Object({
    active: count(),
    powerW: Type.Number({ description: "sum of what active ones drew at their last sample" }),
    since: Type.String({ format: "date-time" }),
    started: count("since then"),
    energyWh: Type.Number({ description: "of the sessions that were started since then" }),
  }),
  attention: Type.Object(
    {
      waiting: count("stations that nobody has accepted"),
      offline: Type.Optional(
        count("operational stations that are not connected; absent while no node can tell"),
      ),
      unconfigured: count("stations that are accepted, and their EVSEs unknown"),
      unknownTypes: count("types that booted and are in no catalogue"),
      faulted: count("EVSEs"),
      failedRequests: count("since then; neither accepted nor superseded"),
      parked: count("events that add-ons could not handle"),
      reviews: count("sessions whose end does not fit"),
    },
    { description: "what needs a person" },
  ),
});

const Query = closed({
  since: Type.String({
    format: "date-time",
    description: "for example the last midnight of who looks: what `energyWh` begins with",
  }),
});

/** The network at a glance. */
export function overviewResource(api: Api): Resource {
  const overview = inTurns(api, (since: string) => counted(api, since));
  const show = route({
    method: "GET",
    path: "/api/v1/overview",
    summary: "Counts stations, EVSEs and sessions, and what needs a person",
    query: Query,
    answers: { 200: Overview },
    handle: async ({ query }) => ({ body: await overview(query.since) }),
  });
  return { tag: "overview", description: "The network at a glance.", routes: [show] };
}

interface Turn {
  /** When it was last counted. */
  at: number;
  /** The next count, for all who have asked since. */
  next: Promise<unknown> | undefined;
}

/**
 * Counts every `overviewMs` at most, however many ask. Whoever asks in between waits for the next
 * count: he may have been told of a change that the one before does not show.
 */
function inTurns<T>(
  { clock, limits }: Pick<Api, "clock" | "limits">,
  ask: (since: string) => Promise<T>,
): (since: string) => Promise<T> {
  const turns = createLru<string, Turn>(limits.overviewsKeptMax);
  return (since) => {
    const turn = turns.get(since) ?? { at: Number.NEGATIVE_INFINITY, next: undefined };
    turns.set(since, turn);
    if (turn.next !== undefined) return turn.next as Promise<T>;
    const count = () => {
      turn.at = clock.monotonicMs();
      turn.next = undefined;
      return ask(since);
    };
    const wait = turn.at + limits.overviewMs - clock.monotonicMs();
    if (wait <= 0) return count();
    const next = new Promise<void>((resolve) => clock.after(wait, resolve)).then(count);
    turn.next = next;
    return next;
  };
}

async function counted(api: Api, since: string) {
  const ask = (view: ViewName, asked: TallyQuery = {}) => api.queries.tally(view, asked);
  const startedAt = { from: since };
  const [states, statuses, active, started, going, parked, unknown, failed, reviews, ...sockets] =
    await Promise.all([
      ask("chargingStations", { by: "state" }),
      ask("evses", { by: "status" }),
      ask("transactions", { only: { state: ["active"] }, sums: ["powerMilliW"] }),
      // A day has many sessions, and an index holds what those that are over came to.
      ask("transactions", { only: { startedAt }, sums: ["settledMilliWh"] }),
      ask("transactions", { only: { startedAt, state: ["active"] }, sums: ["energyMilliWh"] }),
      ask("addOnHealth"),
      ask("unknownTypes"),
      ask("requests", { only: { succeeded: [0], requestedAt: { from: since } } }),
      ask("transactions", { only: { flagged: [1] } }),
      connectedNow(api),
      offlineNow(api),
    ]);
  const [connected, offline] = sockets;
  const byState = countsOf(states);
  const byStatus = countsOf(statuses);
  const { decommissioned = 0, waiting = 0, unconfigured = 0 } = byState;
  return {
    at: api.clock.now(),
    stations: { total: sumOf(states) - decommissioned, connected, byState },
    evses: { total: sumOf(statuses), byStatus },
    sessions: {
      active: sumOf(active),
      powerW: sumsOf(active, "powerMilliW") / 1000,
      since,
      started: sumOf(started),
      energyWh: (sumsOf(started, "settledMilliWh") + sumsOf(going, "energyMilliWh")) / 1000,
    },
    attention: {
      ...{ waiting, offline, unconfigured, faulted: byStatus.faulted ?? 0 },
      ...{ unknownTypes: sumOf(unknown), parked: sumOf(parked) },
      ...{ failedRequests: sumOf(failed), reviews: sumOf(reviews) },
    },
  };
}

/** Over all nodes; undefined where the store cannot say in time. */
async function connectedNow(api: Api): Promise<number | undefined> {
  return saidBy(await soon(api, () => connectedStations(api)));
}

/** Of the stations that should be there; undefined where nobody can say in time. */
async function offlineNow(api: Api): Promise<number | undefined> {
  const keys = saidBy(await soon(api, api.connectedKeys));
  if (keys === undefined) return undefined;
  const stations = { keys, isIn: false };
  return sumOf(
    await api.queries.tally("chargingStations", { only: { state: ["operational"] }, stations }),
  );
}

function countsOf(tallies: readonly Tally[]): Record<string, number> {
  return Object.fromEntries(tallies.map(({ value, count: many }) => [value, many]));
}

function sumOf(tallies: readonly Tally[]): number {
  return tallies.reduce((sum, { count: many }) => sum + many, 0);
}

function sumsOf(tallies: readonly Tally[], column: string): number {
  return tallies.reduce((sum, { sums }) => sum + (sums[column] ?? 0), 0);
}
