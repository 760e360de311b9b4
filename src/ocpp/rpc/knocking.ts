import type { Clock, Log } from "#bus";
import type { StationState } from "#core";
import type { Peer } from "./parts.ts";

/** Tells the operator, once in a while per station, who knocks and how to let it in. */
export interface Knocking {
  knock(peer: Pick<Peer, "key" | "stationId">, state: StationState): void;
}

export function createKnocking(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: { readonly knockRepeatMs: number; readonly knockersMax: number };
}): Knocking {
  const { clock, log, limits } = parts;
  const told = new Map<string, number>();
  return {
    knock: ({ key, stationId }, state) => {
      const now = clock.monotonicMs();
      const last = told.get(key);
      if (last !== undefined && now - last < limits.knockRepeatMs) return;
      told.delete(key);
      told.set(key, now);
      const oldest = told.size > limits.knockersMax ? told.keys().next() : undefined;
      if (oldest?.value !== undefined) told.delete(oldest.value);
      log.info(sentence(stationId, state));
    },
  };
}

function sentence(stationId: string, state: StationState): string {
  const name = inShell(stationId);
  if (state.decommissioned) return `Station ${stationId} knocks, but it is decommissioned.`;
  if (state.accepted) {
    const type = typeOf(state);
    return `Station ${stationId} (${type}) knocks and is not configured: npx motown type add`;
  }
  return `Station ${stationId} knocks and is not accepted. To accept it: npx motown accept ${name}`;
}

function typeOf({ vendor, model }: StationState): string {
  return vendor === undefined && model === undefined
    ? "of unknown type"
    : `${vendor ?? "?"} ${model ?? "?"}`;
}

/** The id as a shell takes it for one word. */
function inShell(stationId: string): string {
  if (/^[\w.:@%+=/-]+$/.test(stationId)) return stationId;
  return `'${stationId.replaceAll("'", "'\\''")}'`;
}
