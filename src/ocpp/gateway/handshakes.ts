import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Bus, Environment, EventStore } from "#bus";
import { type StationKey, stationKey } from "#core";
import type { OcppVersion } from "../message.ts";
import { noQuirks, type Quirks } from "../quirks/flags.ts";
import type { Rpc } from "../rpc/rpc.ts";
import type { ConnectionAttempts } from "./attempts.ts";
import { checkPassword } from "./authentication.ts";
import { clientOf } from "./client.ts";
import {
  type Chosen,
  chooseProtocol,
  guessedId,
  pathFor,
  pathOf,
  stationIdOf,
} from "./identity.ts";
import type { Neighbours } from "./neighbours.ts";
import { type HandshakeRefusal, refuseHandshake, retryAfter } from "./refusal.ts";
import type { Suspects } from "./suspects.ts";
import type { Takeovers } from "./takeovers.ts";
import type { UnderWay } from "./under-way.ts";

/** Settings of the gateway. */
export interface GatewaySettings {
  /** Name of this node in the connections' table. */
  readonly node: string;
  /** Refuses stations without a password. */
  readonly requirePasswords: boolean;
  /** Version of stations that offer none, or none that is known. Default: they are refused. */
  readonly defaultProtocol?: string | undefined;
  /** Start of the URL that stations use, for example `wss://csms.example`, where a proxy hides it. */
  readonly publicUrl?: string | undefined;
  /** Proxies that may say who the client is; default: none. */
  readonly isTrustedProxy?: (address: string) => boolean;
  /** Why this node takes no stations, in words; absent: it takes them. */
  readonly elsewhere?: string | undefined;
}

/** What handshakes work with. */
export interface HandshakeParts extends Environment {
  readonly bus: Pick<Bus, "commands">;
  readonly store: Pick<EventStore, "connect" | "disconnect" | "findCredential">;
  readonly rpc: Rpc;
  /** In order of preference. */
  readonly versions: readonly OcppVersion[];
  readonly settings: GatewaySettings;
  readonly attempts: ConnectionAttempts;
  readonly takeovers: Takeovers;
  readonly suspects: Suspects;
  readonly neighbours: Neighbours;
}

/** A station that may come in, and its place in the table of connections. */
export interface Admitted {
  readonly key: StationKey;
  readonly stationId: string;
  readonly version: OcppVersion;
  readonly address: string;
  readonly epoch: number;
  /** The station offered the version, so that the answer must name it. */
  readonly offered: boolean;
  readonly quirks: Quirks;
}

/** Who asks to come in. */
interface Ask {
  readonly key: StationKey;
  readonly stationId: string;
  /** Of the URL, with single slashes. */
  readonly path: string;
  readonly request: IncomingMessage;
  readonly address: string;
}

type Refused = HandshakeRefusal & { readonly stationId?: string };

/**
 * Judges a handshake. It is in the table of connections when this says it may come in. `almost`:
 * its `Connection: Upgrade` was missing.
 */
export async function admit(
  parts: HandshakeParts,
  request: IncomingMessage,
  { underWay, almost }: { readonly underWay: UnderWay; readonly almost?: true | undefined },
): Promise<Admitted | Refused> {
  const path = pathOf(request.url ?? "");
  const named = stationIdOf(path, parts.rpc.quirks.ofPath(path).idSegments);
  if ("wrong" in named) return { status: 404, reason: named.wrong };
  const { stationId } = named;
  const wrong = wrongUpgrade(request);
  if (wrong !== undefined) return { status: 400, reason: wrong, stationId };
  const { address } = clientOf(request, parts.settings.isTrustedProxy);
  const suspect = suspected(parts, address);
  if (suspect !== undefined) return { ...suspect, stationId };
  const key = stationKey(stationId);
  underWay.isOf(key);
  const ask = { key, stationId, path, request, address };
  if (almost === true && parts.rpc.isStrict(await parts.bus.commands.station(key))) {
    const reason = "strict mode: the header Connection: Upgrade is missing";
    return { status: 400, reason, stationId };
  }
  const chosen = await protocolFor(parts, ask);
  if ("wrong" in chosen) return { status: 400, reason: chosen.wrong, stationId };
  const version = parts.versions.find(({ protocol }) => protocol === chosen.protocol);
  if (version === undefined) {
    const reason = `the default protocol ${chosen.protocol} is none that Motown speaks`;
    return { status: 503, reason, stationId };
  }
  const refused = await refusalOf(parts, ask);
  if (refused !== undefined) return { ...refused, stationId };
  const before = await parts.neighbours.holder(key);
  // From here on it is the station's newest connection, whatever has become of it in the meantime.
  if (!underWay.takesTurn()) return { status: 503, reason: tooLate(underWay), stationId };
  const row = {
    ...{ station: key, node: parts.settings.node, connectedAt: parts.clock.now() },
    ...{ protocol: version.protocol, address },
  };
  const epoch = await parts.neighbours.connect(row, before);
  const quirks = await quirksOf(parts, ask);
  return { key, stationId, version, address, epoch, offered: chosen.offered, quirks };
}

function tooLate({ isGivenUp }: UnderWay): string {
  return isGivenUp
    ? "The station has hung up before it was let in."
    : "The station has come in by a later handshake.";
}

/** Before anything is looked up: what a flood of guesses costs must not be ours to choose. */
function suspected(
  { suspects }: Pick<HandshakeParts, "suspects">,
  address: string,
): HandshakeRefusal | undefined {
  const retryAfterSeconds = suspects.waitSeconds(address);
  if (retryAfterSeconds === 0) return undefined;
  const reason = "Too many handshakes with wrong passwords have come from this address.";
  return { status: 429, reason, retryAfterSeconds };
}

/** The station's own default goes before the setting; a handshake with an offer needs neither. */
async function protocolFor(parts: HandshakeParts, ask: Ask): Promise<Chosen> {
  const { versions, settings, bus } = parts;
  const header = ask.request.headers["sec-websocket-protocol"];
  const protocols = versions.map(({ protocol }) => protocol);
  const offered = chooseProtocol(header, { protocols });
  if (!("wrong" in offered)) return offered;
  const { defaultProtocol } = await bus.commands.station(ask.key);
  const ofModel = (await quirksOf(parts, ask)).defaultProtocol;
  return chooseProtocol(header, {
    protocols,
    fallback: defaultProtocol ?? ofModel ?? settings.defaultProtocol,
  });
}

/** What is different about the station that asks, as far as is known; nothing if it is strict. */
async function quirksOf({ rpc, bus }: HandshakeParts, ask: Ask): Promise<Quirks> {
  const state = await bus.commands.station(ask.key);
  return rpc.isStrict(state) ? noQuirks : rpc.quirks.atHandshake(state, ask);
}

async function refusalOf(parts: HandshakeParts, ask: Ask): Promise<HandshakeRefusal | undefined> {
  const { key, stationId, request, address } = ask;
  const { store, cipher, settings } = parts;
  const { requirePasswords } = settings;
  const header = request.headers.authorization;
  const passwordAs = async () => (await quirksOf(parts, ask)).passwordAs;
  const given = { key, header, passwordAs };
  const unknown = await checkPassword({ store, cipher, requirePasswords }, given);
  if (unknown !== undefined) {
    parts.suspects.failed(address);
    return unknown;
  }
  const state = await parts.bus.commands.station(key);
  if (state.decommissioned) return { status: 403, reason: "The station is decommissioned." };
  if (parts.rpc.current(key) === undefined || parts.takeovers.allow(key)) return undefined;
  parts.log.warn("Two stations seem to share one id and push each other out", {
    station: stationId,
    address,
  });
  const reason =
    "The station has connected too often in this minute; do two stations share its id?";
  return { status: 429, reason };
}

/** What is wrong with a WebSocket handshake. RFC 6455 §4.2.1. */
function wrongUpgrade({ method, headers }: IncomingMessage): string | undefined {
  if (method !== "GET") return "a WebSocket handshake is a GET";
  if (headers.upgrade?.toLowerCase() !== "websocket")
    return "the header Upgrade: websocket is missing";
  if (!/^(13|8)$/.test(String(headers["sec-websocket-version"]))) {
    return "the header Sec-WebSocket-Version must be 13";
  }
  return /^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "")
    ? undefined
    : "the header Sec-WebSocket-Key is missing or wrong";
}

/** Refuses a handshake, and keeps that it was refused. */
export function turnAway(
  parts: Pick<HandshakeParts, "attempts" | "clock" | "dice" | "limits" | "log" | "settings">,
  request: IncomingMessage,
  given: { readonly refused: Refused; readonly socket?: Duplex },
): { readonly url: string } {
  const { attempts, settings, log, clock } = parts;
  const { refused, socket } = given;
  const { status, reason, stationId } = refused;
  const retryAfterSeconds = retryAfter(parts, refused);
  const again = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  const path = pathOf(request.url ?? "").slice(0, 300);
  const url = urlFor(settings, request, stationId ?? guessedId(path));
  // A storm's stations are refused for no fault of theirs: one entry tells of them all.
  const crowd = status === 503 && stationId === undefined;
  const address = crowd ? "any" : clientOf(request, settings.isTrustedProxy).address;
  if (socket !== undefined) refuseHandshake(socket, { status, reason, url, ...again }, clock);
  const who = crowd ? { path: "" } : { stationId, path };
  const attempt = { address, ...who, status, reason, url };
  if (attempts.add(attempt) === 1) log.warn("A connection was refused", attempt);
  return { url };
}

/** The URL that would have worked, as the station reaches this server. */
function urlFor(
  settings: GatewaySettings,
  request: IncomingMessage,
  stationId: string | undefined,
): string {
  const { encrypted } = clientOf(request, settings.isTrustedProxy);
  const host = request.headers.host ?? `localhost:${request.socket.localPort ?? ""}`;
  const start = settings.publicUrl ?? `${encrypted ? "wss" : "ws"}://${host}`;
  return start.replace(/\/$/, "") + pathFor(stationId);
}
