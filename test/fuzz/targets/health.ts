// What must hold of a house whatever its stations say.
import { keyOf, type StationState } from "#core";
import type { Player } from "../cast.ts";
import type { House } from "../house.ts";

/** A connected station's state is kept in memory: this is more than any needs. */
const stateCharactersMax = 150_000;

/** What is wrong with the house as a whole. */
export async function houseProblems(house: House, players: readonly Player[]): Promise<string[]> {
  const problems: string[] = [];
  const health = await house.views.health();
  if (!health.ok) problems.push(`the views stand still: ${JSON.stringify(health)}`);
  const parked = await house.reader.list("addOnHealth", { limit: 5 });
  if (parked.items.length > 0)
    problems.push(`an add-on is parked: ${JSON.stringify(parked.items)}`);
  for (const { key, stationId } of players) {
    const state = await house.during(house.bus.commands.station(key));
    const size = JSON.stringify(state).length;
    if (size > stateCharactersMax)
      problems.push(`the state of ${stationId} holds ${size} characters`);
  }
  return problems;
}

/** Watches that what is merely odd is an event once per boot and kind, however often it comes. */
export function watchDeviations({ bus }: House) {
  const seen = new Map<string, Set<unknown>>();
  const found = new Set<string>();
  bus.events.subscribe((events) => {
    for (const { stream, type, data } of events) {
      if (type.endsWith("Booted")) seen.delete(stream);
      if (type !== "DeviationSeen") continue;
      const { code } = data as { readonly code: string };
      const codes = seen.get(stream) ?? new Set();
      if (codes.has(code)) found.add(`${stream} is said to be odd twice: ${code}`);
      seen.set(stream, codes.add(code));
    }
  });
  return { problems: (): readonly string[] => [...found] };
}

/** What a station that may not speak may lead to all the same. */
const harmless = new Set([
  "ChargingStationCreated",
  "UnconfiguredChargingStationBooted",
  "DeviationSeen",
]);

/** Watches that nobody who may not speak changes anything. */
export function watchStrangers(house: House, players: readonly Player[]) {
  const strangers = new Map(
    players.filter(({ rights }) => rights === "none").map((one) => [one.key, one]),
  );
  const found = new Set<string>();
  house.bus.events.subscribe((events) => {
    for (const { stream, type, meta } of events) {
      const isTheirs = strangers.has(keyOf(stream)) || strangers.has(meta.actor.id);
      if (isTheirs && meta.actor.kind === "station" && !harmless.has(type)) {
        found.add(`${meta.actor.id} may not speak, and led to ${type}`);
      }
    }
  });
  const before = new Map(
    [...strangers.keys()].map((key) => [key, rightsOf(house.bus.commands.stationNow(key))]),
  );
  return {
    problems: (): readonly string[] => {
      for (const [key, rights] of before) {
        const now = rightsOf(house.bus.commands.stationNow(key));
        if (now !== rights) found.add(`${key} may not speak, and came from ${rights} to ${now}`);
      }
      const problems = [...found];
      found.clear();
      return problems;
    },
  };
}

function rightsOf(state: StationState | undefined): string {
  if (state === undefined) return "nothing";
  const { accepted, configured, evses, openTransactions, reservations, requests } = state;
  const counts = [evses, openTransactions, reservations, requests].map((list) => list.length);
  return JSON.stringify([accepted, configured, state.decommissioned, counts]);
}
