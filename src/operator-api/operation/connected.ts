import type { ApiParts } from "../parts.ts";
import { together } from "./soon.ts";

/** Keys of the stations that are connected to nodes that live, as the text of a JSON array. */
export type ConnectedKeys = () => Promise<string>;

/** Asks the log for them, every `connectedStationsMs` at most, however many ask. */
export function connectedKeysOf(parts: ApiParts): ConnectedKeys {
  const { clock, limits } = parts;
  let known: { readonly keys: string; readonly atMs: number } | undefined;
  const ask = together(async () => {
    const atMs = clock.monotonicMs();
    known = { keys: await read(parts), atMs };
    return known.keys;
  });
  return async () => {
    const isFresh =
      known !== undefined && clock.monotonicMs() - known.atMs < limits.connectedStationsMs;
    return known !== undefined && isFresh ? known.keys : ask();
  };
}

async function read({ store, operation }: ApiParts): Promise<string> {
  const { cluster, card } = operation;
  const live = (await cluster.nodes()).filter((row) => row.live);
  const nodes = [{ node: cluster.node, startedAt: card.startedAt }, ...live];
  const startedAt = Object.fromEntries(nodes.map((row) => [row.node, row.startedAt]));
  return store.connectedStations({ startedAt });
}
