import { type Bus, type Question, StoreUnavailable } from "#bus";
import type { StationState } from "#core";
import type { AnyFromStationRow, Asked, RowContext } from "../message.ts";
import { spreadSeconds } from "../spread.ts";
import type { Peer, RpcParts } from "./parts.ts";

const nothing: ReadonlyMap<string, string> = new Map();

/** Composes what a row may look at. A token that the row did not declare is a bug of the row. */
export function rowContext(
  parts: Pick<RpcParts, "ids" | "settings" | "quirks" | "dice" | "limits">,
  given: {
    readonly peer: Peer;
    readonly state: StationState;
    readonly at: string;
    readonly refs?: ReadonlyMap<string, string>;
    readonly values?: ReadonlyMap<string, string>;
  },
): RowContext {
  const { peer, state, at, refs = nothing, values = nothing } = given;
  return {
    key: peer.key,
    state,
    at,
    settings: parts.settings,
    tokenRef: (value) => declared(refs.get(value)),
    tokenValue: (ref) => declared(values.get(ref)),
    newId: () => parts.ids.next(),
    quirks: parts.quirks.of(state),
    spread: (seconds, of) => spreadSeconds(parts, seconds, of),
  };
}

/** The same in another state of its station; its functions are made once per message. */
export function inState(
  { quirks }: Pick<RpcParts, "quirks">,
  context: RowContext,
  state: StationState,
): RowContext {
  const { state: before } = context;
  if (state === before) return context;
  const same =
    state.vendor === before.vendor &&
    state.model === before.model &&
    state.firmwareVersion === before.firmwareVersion &&
    state.quirks === before.quirks;
  return { ...context, state, quirks: same ? context.quirks : quirks.of(state) };
}

function declared(found: string | undefined): string {
  if (found === undefined) throw new Error("the row did not declare this token");
  return found;
}

/** What add-ons say to a row's question; nothing where the row goes on unasked. */
export async function askedOf(
  bus: Bus,
  { goesUnasked }: AnyFromStationRow,
  question: Question,
): Promise<Asked> {
  try {
    return await bus.questions.ask(question);
  } catch (error) {
    if (goesUnasked === true && error instanceof StoreUnavailable) return undefined;
    throw error;
  }
}
