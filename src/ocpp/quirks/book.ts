import type { StationState } from "#core";
import { noQuirks, type Quirks, type WrittenQuirks } from "./flags.ts";
import { fits, narrowness, type Subject } from "./matching.ts";
import type { QuirkProfile } from "./profile.ts";
import { vendorProfiles } from "./vendors.ts";

/** What a station's quirks are looked up by. */
type StationWords = Pick<
  StationState,
  "stationId" | "vendor" | "model" | "firmwareVersion" | "quirks"
>;

/** Which quirks a station has. */
export interface QuirkBook {
  /** Of a station, by what its state says; `noQuirks` itself for most. */
  of(state: StationWords): Quirks;
  /** Of a handshake, which may be the first that is heard of the station. */
  atHandshake(state: StationWords, from: { stationId: string; path: string }): Quirks;
  /** By the path alone, before it is known which part of it is the station's id. */
  ofPath(path: string): Quirks;
  /** The profiles that fit a station, the widest first. */
  profilesOf(state: StationWords): readonly QuirkProfile[];
  /** All profiles: ours and the operator's. */
  readonly profiles: readonly QuirkProfile[];
}

/** Models that are remembered; beyond, all are looked up anew. */
const modelsMax = 5_000;

/** Makes the book of our profiles and the operator's, which go before ours. */
export function createQuirkBook(own: readonly QuirkProfile[] = []): QuirkBook {
  return bookOf([...inOrder(vendorProfiles), ...inOrder(own)]);
}

/** A book of these profiles alone, the later ones before the earlier ones. */
export function bookOf(profiles: readonly QuirkProfile[]): QuirkBook {
  const named = profiles.filter(({ match }) => match.path === undefined);
  const pathed = profiles.filter(({ match }) => match.path !== undefined);
  const byId = named.some(({ match }) => match.stationId !== undefined);
  const known = new Map<unknown, Map<unknown, Map<unknown, Quirks>>>();
  let size = 0;
  const merged = new WeakMap<object, { readonly model: Quirks; readonly all: Quirks }>();

  function ofModel(state: StationWords): Quirks {
    if (byId) return remembered([state.stationId, state.vendor, modelOf(state)], state);
    return remembered([state.vendor, state.model, state.firmwareVersion], state);
  }

  /** Three look-ups and no new text: this is asked for with every message. */
  function remembered([first, second, third]: readonly unknown[], state: StationWords): Quirks {
    const found = known.get(first)?.get(second)?.get(third);
    if (found !== undefined) return found;
    if (size >= modelsMax) known.clear();
    size = known.size === 0 ? 1 : size + 1;
    const quirks = combined(fitting(named, state).map((profile) => profile.quirks));
    const seconds = known.get(first) ?? new Map<unknown, Map<unknown, Quirks>>();
    const thirds = seconds.get(second) ?? new Map<unknown, Quirks>();
    known.set(first, seconds.set(second, thirds.set(third, quirks)));
    return quirks;
  }

  function of(state: StationWords): Quirks {
    const model = ofModel(state);
    const { quirks } = state;
    if (quirks === undefined) return model;
    const before = merged.get(quirks);
    if (before?.model === model) return before.all;
    const all = combined([model, quirks as WrittenQuirks]);
    merged.set(quirks, { model, all });
    return all;
  }

  return {
    profiles,
    of,
    atHandshake: (state, { stationId, path }) => {
      const known = state.stationId === "" ? { ...state, stationId } : state;
      if (pathed.length === 0) return of(known);
      const ofPath = fitting(pathed, { ...known, path });
      return combined([...ofPath.map(({ quirks }) => quirks), of(known)]);
    },
    ofPath: (path) =>
      pathed.length === 0
        ? noQuirks
        : combined(fitting(pathed, { path }).map(({ quirks }) => quirks)),
    profilesOf: (state) => fitting(named, state),
  };
}

function fitting(profiles: readonly QuirkProfile[], subject: Subject): readonly QuirkProfile[] {
  return profiles.filter(({ match }) => fits(match, subject));
}

function modelOf({ model, firmwareVersion }: StationWords): string {
  return JSON.stringify([model, firmwareVersion]);
}

function inOrder(profiles: readonly QuirkProfile[]): readonly QuirkProfile[] {
  return profiles.toSorted((one, other) => narrowness(one.match) - narrowness(other.match));
}

/** The later ones go before the earlier ones; `null` takes back. */
function combined(all: readonly WrittenQuirks[]): Quirks {
  const quirks: Record<string, unknown> = Object.assign({}, ...all);
  const entries = Object.entries(quirks).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return entries.length === 0 ? noQuirks : Object.freeze(Object.fromEntries(entries));
}
