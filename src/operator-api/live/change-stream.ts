import type { ServerResponse } from "node:http";
import { cursorOf } from "#bus";
import { categoryOf } from "#core";
import type { Api } from "../api.ts";
import type { Call } from "../http/route.ts";
import { openStream } from "./server-sent.ts";
import type { LiveEvent } from "./tail.ts";

/** What has changed since the message before, as far as lists show it by now. */
export interface Changes {
  /** Everything may have: what lies between is too much to be named, or not in memory. */
  readonly all?: true;
  /** Ids of stations by the kind of thing that changed; `null`: of many, or of none. */
  readonly changed: Readonly<Record<string, readonly string[] | null>>;
}

/**
 * Says what changes, in few words: a message every `liveChangesMs` at most, however much happens.
 * It goes out when the views show it: whoever asks at its word is not told what was before.
 */
export async function streamChanges(
  api: Api,
  call: Call,
  from: { readonly after: number | undefined },
): Promise<void> {
  const head = await api.store.head();
  // Too far behind, or a place that this log has not reached: another one was there before.
  const behind = from.after === undefined ? 0 : head - from.after;
  const isFar = behind > api.limits.eventScanMax || behind < 0;
  const after = isFar ? head : (from.after ?? head);
  const out = openStream(api, call);
  const teller = createTeller(api, out, after);
  if (isFar) teller.everything();
  else teller.nothingYet();
  const follow = (place: number): void => {
    const following = api.tail.follow(place, teller.hear);
    if (following !== "tooOld") {
      out.once("close", following);
      return;
    }
    // Others follow already, from a later place on: what lies between is not in memory.
    teller.everything();
    follow(head);
  };
  follow(after);
}

interface Teller {
  hear(events: readonly LiveEvent[]): void;
  everything(): void;
  /** The place from which it listens, so that whoever comes back knows where it was. */
  nothingYet(): void;
}

function createTeller(api: Api, out: ServerResponse, from: number): Teller {
  const { clock, limits, queries } = api;
  let position = from;
  let gathered = new Map<string, Set<string> | null>();
  let all = false;
  let waiting = false;

  async function tell(): Promise<void> {
    const [place, changed, everything] = [position, gathered, all];
    gathered = new Map();
    all = false;
    await queries.passed(place);
    const named = [...changed].map(([kind, ids]) => [kind, ids === null ? null : [...ids]]);
    const said: Changes = {
      ...(everything ? { all: true as const } : {}),
      changed: Object.fromEntries(named),
    };
    if (!out.destroyed) out.write(`id: ${cursorOf(place)}\ndata: ${JSON.stringify(said)}\n\n`);
  }

  function soon(): void {
    if (waiting) return;
    waiting = true;
    const cancel = clock.after(limits.liveChangesMs, () => {
      out.off("close", cancel);
      tell()
        .catch((error: unknown) => {
          // The head was sent: all that can be said is that the stream ends here.
          api.log.warn("A stream of changes ended early", { error });
          out.destroy();
        })
        .finally(() => {
          waiting = false;
          if (gathered.size > 0 || all) soon();
        });
    });
    out.once("close", cancel);
  }

  return {
    hear: (events) => {
      for (const { event, position: place } of events) {
        position = place;
        note(gathered, event, limits.liveChangesStationsMax);
      }
      soon();
    },
    everything: () => {
      all = true;
      soon();
    },
    nothingYet: () => out.write(`id: ${cursorOf(from)}\ndata: {"changed":{}}\n\n`),
  };
}

function note(
  gathered: Map<string, Set<string> | null>,
  { stream, stationId }: LiveEvent["event"],
  most: number,
): void {
  const kind = categoryOf(stream);
  const ids = gathered.get(kind);
  if (ids === null) return;
  if (stationId === undefined || (ids?.size ?? 0) >= most) gathered.set(kind, null);
  else gathered.set(kind, (ids ?? new Set()).add(stationId));
}
