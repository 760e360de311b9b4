// What a handshake says about the station: who it is, which version it speaks.

const prefix = "/ocpp/";
const identityLengthMax = 255;

/** The station that a URL names, or what is wrong with it in words. */
export type Named = { readonly stationId: string } | { readonly wrong: string };

/**
 * The identity is all of the path after `/ocpp/`, decoded once; doubled and trailing slashes are
 * tolerated, slashes inside are part of it. Quirk: behind some paths it is the last segments alone.
 */
export function stationIdOf(url: string, lastSegments?: number): Named {
  const path = pathOf(url);
  const rest =
    lastSegments === undefined
      ? /^\/ocpp(?:\/|$)(.*)$/i.exec(path)?.[1]
      : path.split("/").filter(Boolean).slice(-lastSegments).join("/");
  if (rest === undefined) return { wrong: `the path must be ${prefix}<station id>, not ${path}` };
  let stationId: string;
  try {
    stationId = decodeURIComponent(rest.replace(/\/$/, "")).trim();
  } catch {
    return { wrong: "the station id in the path is not percent-encoded as it should be" };
  }
  if (stationId === "") return { wrong: `the path names no station: ${prefix}<station id>` };
  if (stationId.length > identityLengthMax) {
    return { wrong: `the station id is longer than ${identityLengthMax} characters` };
  }
  if (/^\.{1,2}$/.test(stationId)) {
    return { wrong: `no address can name a station ${stationId}: it would mean another one` };
  }
  return isPlain(stationId)
    ? { stationId }
    : { wrong: "the station id has characters that nobody can see or that are no text" };
}

/** The path of a request's URL, with single slashes. */
export function pathOf(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  return path.replace(/\/{2,}/g, "/");
}

/** No control characters, no halves of characters. */
function isPlain(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** The path that reaches the gateway for a station; without one, with a place to put its id. */
export function pathFor(stationId: string | undefined): string {
  return prefix + (stationId === undefined ? "<station id>" : encodeURIComponent(stationId));
}

/** The name that a path might have meant, although it is not under `/ocpp/`; if there is any. */
export function guessedId(url: string): string | undefined {
  const last = pathOf(url).split("/").filter(Boolean).at(-1);
  try {
    const name = decodeURIComponent(last ?? "");
    return name === "" || name.toLowerCase() === "ocpp" ? undefined : name;
  } catch {
    return undefined;
  }
}

/** The version to speak, and whether the station must be told; or why there is none. */
export type Chosen =
  | { readonly protocol: string; readonly offered: boolean }
  | { readonly wrong: string };

/** Chooses among the subprotocols that the station offers, by our order. OCPP-J 1.6 §3.1.2. */
export function chooseProtocol(
  header: string | undefined,
  known: { readonly protocols: readonly string[]; readonly fallback?: string | undefined },
): Chosen {
  const offers = (header ?? "").split(",").map((offer) => offer.trim());
  const offered = offers.filter((offer) => offer !== "");
  const { protocols, fallback } = known;
  const protocol = protocols.find((one) => offered.includes(one));
  if (protocol !== undefined) return { protocol, offered: true };
  if (fallback !== undefined) return { protocol: fallback, offered: false };
  const ours = protocols.join(", ");
  return offered.length === 0
    ? { wrong: `the station offers no subprotocol; Motown speaks ${ours}` }
    : { wrong: `the station offers ${offered.join(", ").slice(0, 100)}; Motown speaks ${ours}` };
}
