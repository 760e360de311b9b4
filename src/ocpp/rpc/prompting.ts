// Some models say by themselves neither what they are nor what their meters read: they are asked,
// as their quirks say. Connections without such a quirk are nothing here.
import { instantAfter } from "#bus";
import { isServed, present, type StationState, systemActor, toChargingStation } from "#core";
import { noQuirks } from "../quirks/flags.ts";
import type { Peer, RpcParts } from "./parts.ts";

interface Prompted {
  cancelBoot: (() => void) | undefined;
  cancelPoll: (() => void) | undefined;
}

/** Asks stations of this node for what their models must be asked for. */
export interface Prompting {
  /** A station has connected, or what it is has changed. */
  plan(peer: Peer, state: StationState): void;
  /** It has booted on this connection, so that nobody need ask for that. */
  booted(peer: Peer): void;
  ended(peer: Peer): void;
}

const system = systemActor("quirks");

export function createPrompting(parts: RpcParts): Prompting {
  const { clock } = parts;
  const prompted = new Map<Peer, Prompted>();
  const booted = new WeakSet<Peer>();

  function plan(peer: Peer, state: StationState): void {
    const strict = parts.settings.strict || state.strict;
    const quirks = strict ? noQuirks : parts.quirks.of(state);
    const { triggerBootAfterSeconds: boot, pollMeterValuesSeconds: poll } = quirks;
    const before = prompted.get(peer);
    if (boot === undefined && poll === undefined && before === undefined) return;
    ended(peer);
    const now: Prompted = { cancelBoot: undefined, cancelPoll: undefined };
    prompted.set(peer, now);
    if (boot !== undefined && !booted.has(peer)) {
      now.cancelBoot = clock.after(boot * 1000, () => void ask(peer, bootWanted));
    }
    if (poll !== undefined) pollFrom(peer, now, poll * 1000);
  }

  function pollFrom(peer: Peer, mine: Prompted, everyMs: number): void {
    mine.cancelPoll = clock.after(everyMs, () => {
      void ask(peer, metersWanted);
      pollFrom(peer, mine, everyMs);
    });
  }

  async function ask(
    peer: Peer,
    wanted: (state: StationState) => readonly Wanted[],
  ): Promise<void> {
    const correlationId = parts.ids.next();
    const requestedAt = clock.now();
    const deadline = instantAfter(requestedAt, parts.limits.requestDeadlineMs);
    try {
      await parts.bus.commands.execute({
        actor: system,
        station: peer.key,
        correlationId,
        commands: ({ station }) =>
          wanted(station).map(({ message, evseId }) => {
            const names = { requestId: parts.ids.next(), correlationId, requestedAt, deadline };
            const data = present({ ...names, message, evseId });
            return toChargingStation(peer.key, "RequestTriggerMessage", data);
          }),
      });
    } catch (error) {
      parts.log.error("A station could not be asked", { station: peer.stationId, error });
    }
  }

  function ended(peer: Peer): void {
    const known = prompted.get(peer);
    known?.cancelBoot?.();
    known?.cancelPoll?.();
    prompted.delete(peer);
  }

  return {
    plan,
    ended,
    booted: (peer) => void booted.add(peer),
  };
}

interface Wanted {
  readonly message: string;
  readonly evseId?: number | undefined;
}

function bootWanted(state: StationState): readonly Wanted[] {
  return isServed(state) ? [{ message: "BootNotification" }] : [];
}

/** What still waits for an answer is not asked for again. */
function metersWanted(state: StationState): readonly Wanted[] {
  if (!isServed(state)) return [];
  const { openTransactions, requests } = state;
  const evses = [...new Set(openTransactions.map(({ evseId }) => evseId))];
  const isAsked = (evseId: number) =>
    requests.some(
      ({ type, target }) =>
        type === "TriggerMessageRequested" && target === `MeterValues ${evseId}`,
    );
  return evses
    .filter((evseId) => !isAsked(evseId))
    .map((evseId) => ({
      message: "MeterValues",
      evseId,
    }));
}
