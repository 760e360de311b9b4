import { limits } from "../limits.ts";
import type { Payload } from "../wire/frames.ts";
import type { Station } from "./station.ts";

/** What is known about an idTag, in the wire's words. */
export type IdTagInfo = {
  readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
  readonly expiryDate?: string;
  readonly parentIdTag?: string;
};

const folded = (idTag: string) => idTag.toLowerCase();

/** Whether two idTags are the same: letter case does not matter. */
export const isSameTag = (one: string, other: string): boolean => folded(one) === folded(other);

/** The authorization list that the CSMS keeps in the station (OCPP 1.6 §3.5.2). */
export class LocalList {
  version = 0;
  readonly #entries = new Map<string, IdTagInfo>();

  get size(): number {
    return this.#entries.size;
  }

  get(idTag: string): IdTagInfo | undefined {
    return this.#entries.get(folded(idTag));
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Without an info, the entry is taken out. */
  put(idTag: string, info: IdTagInfo | undefined): void {
    if (info === undefined) this.#entries.delete(folded(idTag));
    else this.#entries.set(folded(idTag), info);
  }
}

/** What the station remembers of the CSMS's answers (§3.5.1). */
export class AuthorizationCache {
  readonly #entries = new Map<string, IdTagInfo>();

  get(idTag: string): IdTagInfo | undefined {
    return this.#entries.get(folded(idTag));
  }

  put(idTag: string, info: IdTagInfo): void {
    this.#entries.delete(folded(idTag));
    this.#entries.set(folded(idTag), info);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > limits.cacheMax && oldest !== undefined) this.#entries.delete(oldest);
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** The `idTagInfo` of an answer, if it has one. */
export const idTagInfoOf = (payload: Payload): IdTagInfo | undefined =>
  payload.idTagInfo as IdTagInfo | undefined;

/** Whether a tag may charge: by the station's own lists, by the CSMS, or offline by its rules. */
export async function authorize(station: Station, idTag: string): Promise<IdTagInfo> {
  const { configuration } = station;
  const known = knownLocally(station, idTag);
  if (known?.status === "Accepted" && configuration.bool("LocalPreAuthorize")) return known;
  if (station.online) {
    const answer = await station.call("Authorize", { idTag });
    const info = answer.kind === "result" ? idTagInfoOf(answer.payload) : undefined;
    if (info !== undefined) {
      remember(station, idTag, info);
      return info;
    }
    if (answer.kind === "error") return { status: "Invalid" };
  }
  if (configuration.bool("LocalAuthorizeOffline") && known) return known;
  const anyone = configuration.bool("AllowOfflineTxForUnknownId") && !known;
  return { status: anyone ? "Accepted" : "Invalid" };
}

/** Keeps an answer of the CSMS. What the local list knows is none of the cache's business. */
export function remember(station: Station, idTag: string, info: IdTagInfo): void {
  if (!station.configuration.bool("AuthorizationCacheEnabled")) return;
  if (station.localList.get(idTag) === undefined) station.cache.put(idTag, info);
}

function knownLocally(station: Station, idTag: string): IdTagInfo | undefined {
  const { configuration, localList, cache } = station;
  const listed = configuration.bool("LocalAuthListEnabled") ? localList.get(idTag) : undefined;
  const cached = configuration.bool("AuthorizationCacheEnabled") ? cache.get(idTag) : undefined;
  const info = listed ?? cached;
  const expiresAt = info?.expiryDate && Date.parse(info.expiryDate);
  if (info && expiresAt && expiresAt <= station.now()) return { ...info, status: "Expired" };
  return info;
}
