import { createLru, decode, type EventBus, type EventStore } from "#bus";
import type { Authority, EventDataOf, EventEnvelope, StreamName } from "#core";
import type { Limits } from "#limits";

/** What a user or key may do, folded from its stream. */
export interface Rights {
  /** It was created and not removed or revoked. */
  readonly valid: boolean;
  readonly name: string;
  readonly authority: Authority;
  readonly oneTimePassword: boolean;
  readonly expiresAt?: string | undefined;
  /** How often a password was set, by whomever. */
  readonly passwordsSet: number;
  /** Version of the stream at which the password was set; 0: it has none. */
  readonly password: number;
  /** Sessions that were ended before their time, and until when they would have gone on. */
  readonly endedSessions: ReadonlyMap<string, string>;
}

/** Rights of users and keys by stream; kept in memory until an event changes them. */
export interface RightsBook {
  of(stream: StreamName): Promise<Rights | undefined>;
  /** The same, if they are in memory; no longer the same object after a change. */
  now(stream: StreamName): Rights | undefined;
}

type Facts = Pick<EventEnvelope, "type" | "data" | "version" | "meta">;

const noSessions = { passwordsSet: 0, password: 0, endedSessions: new Map<string, string>() };

const pageSize = 500;

export function createRightsBook(parts: {
  readonly store: Pick<EventStore, "readStream">;
  readonly events: Pick<EventBus, "subscribe">;
  readonly limits: Limits;
}): RightsBook {
  const { store, events, limits } = parts;
  const known = createLru<StreamName, Rights>(limits.principalCacheMax);
  /** Grows with each change, so that a reading that was overtaken is not kept. */
  let changes = 0;

  events.subscribe((batch) => {
    for (const { stream } of batch) {
      if (!stream.startsWith("user/") && !stream.startsWith("api-key/")) continue;
      changes++;
      known.delete(stream);
    }
  });

  return {
    now: (stream) => known.get(stream),
    of: async (stream) => {
      const kept = known.get(stream);
      if (kept !== undefined) return kept;
      const before = changes;
      const rights = await readRights(store, stream);
      if (rights !== undefined && before === changes) known.set(stream, rights);
      return rights;
    },
  };
}

async function readRights(
  store: Pick<EventStore, "readStream">,
  stream: StreamName,
): Promise<Rights | undefined> {
  let rights: Rights | undefined;
  let afterVersion = 0;
  for (;;) {
    const page = await store.readStream({ stream, afterVersion, limit: pageSize });
    for (const stored of page) {
      rights = foldRights(rights, decode(stored));
      afterVersion = stored.version;
    }
    if (page.length < pageSize) return rights;
  }
}

function foldRights(rights: Rights | undefined, event: Facts): Rights | undefined {
  switch (event.type) {
    case "UserCreated": {
      const data = event.data as EventDataOf<"UserCreated">;
      const held = { name: data.user, authority: authorityOf(data) };
      return { valid: true, ...held, oneTimePassword: false, ...noSessions };
    }
    case "UserRightsChanged":
      return rights && { ...rights, authority: authorityOf(event.data as Held) };
    case "UserPasswordSet": {
      const { oneTime } = event.data as EventDataOf<"UserPasswordSet">;
      const passwordsSet = (rights?.passwordsSet ?? 0) + 1;
      const { version: password } = event;
      return rights && { ...rights, oneTimePassword: oneTime, passwordsSet, password };
    }
    case "UserSignedOut":
      return rights && { ...rights, endedSessions: withEnded(rights.endedSessions, event) };
    case "ApiKeyCreated": {
      const data = event.data as EventDataOf<"ApiKeyCreated">;
      const { name, expiresAt } = data;
      const authority = authorityOf(data);
      return { valid: true, name, authority, oneTimePassword: false, expiresAt, ...noSessions };
    }
    case "UserRemoved":
    case "ApiKeyRevoked":
      return rights && { ...rights, valid: false };
    default:
      return rights;
  }
}

/** Those that would be over by now need no remembering. */
function withEnded(
  before: Rights["endedSessions"],
  { data, meta }: Facts,
): Rights["endedSessions"] {
  const { session, until } = data as EventDataOf<"UserSignedOut">;
  const left = [...before].filter(([, end]) => end > meta.recordedAt);
  return new Map([...left, [session, until]]);
}

interface Held {
  readonly administrator: boolean;
  readonly permissions: readonly string[];
}

function authorityOf({ administrator, permissions }: Held): Authority {
  return { administrator, permissions: new Set(permissions), grants: new Set() };
}
