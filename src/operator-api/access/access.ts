import { createHash } from "node:crypto";
import { type Bus, type Cipher, type Clock, createLru, type Dice, type EventStore } from "#bus";
import { type StreamName, streams } from "#core";
import type { Limits } from "#limits";
import { Problem } from "../http/problems.ts";
import { isKey, keyIdOf, keyOwner } from "./api-keys.ts";
import { isPassword } from "./passwords.ts";
import type { Principal } from "./principal.ts";
import { createRightsBook, type Rights, type RightsBook } from "./rights.ts";
import { createSessions, csrfHeader, type Session, type Sessions } from "./sessions.ts";
import { type Attempt, createThrottle } from "./throttle.ts";

/** Tells who a request comes from. */
export interface Access {
  /** The principal of a request; throws a problem where there is none. */
  authenticate(credentials: Credentials, address: string): Promise<Principal>;
  /** Begins a session of a user in a browser, as often as passwords may be tried. */
  signIn(claim: UserClaim, address: string): Promise<Principal & { readonly session: Session }>;
  /** Whether a password is the user's; throws where it is not, as often as it may be tried. */
  confirm(claim: UserClaim, address: string): Promise<void>;
  /** The user as he is by now, in the same session: his password is another one since. */
  resume(session: Session): Promise<Principal & { readonly session: Session }>;
  /** Whether a user has never chosen a password: the first one is what he was given. */
  isFresh(user: string): Promise<boolean>;
  readonly sessions: Sessions;
}

/** What a request says of who sends it: its headers of these names. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
  /** The console names it in whatever it asks. */
  readonly [csrfHeader]?: string | string[] | undefined;
}

/** A name and the password that is said to be its own. */
export interface UserClaim {
  readonly user: string;
  readonly password: string;
}

/** What access needs. */
export interface AccessParts {
  readonly store: Pick<EventStore, "readStream" | "findCredential">;
  readonly events: Pick<Bus["events"], "subscribe" | "recent">;
  readonly cipher: Cipher;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly limits: Limits;
}

/** A header that was found to be good, by rights that may have changed since. */
interface Verified {
  readonly stream: StreamName;
  readonly rights: Rights;
  readonly principal: Principal;
  readonly untilMs: number;
}

type Claim =
  | { readonly kind: "apiKey"; readonly id: string; readonly key: string }
  | ({ readonly kind: "user" } & UserClaim);

/** Finds a claim to be true, or throws why not. */
type Prove = (claim: Claim, address: string) => Promise<Verified>;

/** Name of a user's credential. */
export function userOwner(user: string): string {
  return `user:${user.toLowerCase()}`;
}

export function createAccess(parts: AccessParts): Access {
  const { clock, limits } = parts;
  const book = createRightsBook(parts);
  const throttle = createThrottle(parts);
  const proves = createProof(parts);
  const verified = createLru<string, Verified>(limits.principalCacheMax);

  async function prove(claim: Claim, address: string): Promise<Verified> {
    const attempts = attemptsOf(limits, claim, address);
    const wait = Math.max(0, ...attempts.map(throttle.waitSeconds));
    if (wait > 0) throw tooMany(wait);
    const stream = claim.kind === "user" ? streams.user(claim.user) : streams.apiKey(claim.id);
    const proven = await proves(claim);
    const rights = proven ? await book.of(stream) : undefined;
    if (rights === undefined || !rights.valid) {
      for (const { who } of attempts) throttle.failed(who);
      throw notAuthenticated(claim);
    }
    // Only this user's count: whoever guesses at many names may know one password.
    if (attempts[0] !== undefined) throttle.succeeded(attempts[0].who);
    const untilMs = clock.monotonicMs() + limits.principalCacheMs;
    return { stream, rights, principal: principalOf(claim, rights), untilMs };
  }
  const browsers = createBrowsers(parts, { book, prove });

  /** An event about the user or key makes the book forget its rights: the header is proven anew. */
  const isGood = (found: Verified) =>
    found.untilMs > clock.monotonicMs() && book.now(found.stream) === found.rights;

  async function byHeader(header: string, address: string): Promise<Principal> {
    const claim = claimOf(header);
    const digest = createHash("sha256").update(header).digest("base64");
    let found = verified.get(digest);
    if (found === undefined || !isGood(found)) {
      found = await prove(claim, address);
      verified.set(digest, found);
    }
    const { expiresAt } = found.rights;
    if (expiresAt !== undefined && expiresAt <= clock.now()) {
      throw new Problem("NotAuthenticated", { detail: "The API key has expired.", ...challenge });
    }
    return found.principal;
  }

  return {
    ...browsers,
    authenticate: async ({ authorization = "", cookie, [csrfHeader]: csrf }, address) => {
      // What was proven before may have been taken back on another node.
      const recent = parts.events.recent();
      if (recent !== undefined) await recent;
      const isBrowser = csrf !== undefined || browsers.sessions.isThere(cookie);
      return authorization === "" && isBrowser
        ? browsers.bySession(cookie)
        : byHeader(authorization, address);
    },
  };
}

interface Browsers extends Omit<Access, "authenticate"> {
  /** Who sends a cookie. */
  bySession(cookies: string | undefined): Promise<Principal>;
}

/** People in a browser, who sign in once and are known by a cookie from then on. */
function createBrowsers(
  parts: AccessParts,
  { book, prove }: { readonly book: RightsBook; readonly prove: Prove },
): Browsers {
  const sessions = createSessions(parts);
  const proveUser = (claim: UserClaim, address: string) =>
    unchallenged(prove({ kind: "user", ...claim }, address));
  return {
    sessions,
    bySession: async (cookies) => {
      const session = sessions.find(cookies);
      const rights = session && (await book.of(streams.user(session.user)));
      if (session === undefined || rights === undefined || !opens(session, rights)) {
        throw new Problem("SessionEnded");
      }
      return { ...userPrincipal(rights), session };
    },
    signIn: async (claim, address) => {
      const { rights } = await proveUser(claim, address);
      const { name: user, password } = rights;
      return { ...userPrincipal(rights), session: sessions.start({ user, password }) };
    },
    confirm: async (claim, address) => {
      await proveUser(claim, address);
    },
    isFresh: async (user) => {
      const rights = await book.of(streams.user(user));
      return rights?.valid === true && rights.oneTimePassword && rights.passwordsSet === 1;
    },
    resume: async (session) => {
      const rights = await book.of(streams.user(session.user));
      if (rights?.valid !== true) throw new Problem("SessionEnded");
      return { ...userPrincipal(rights), session: { ...session, password: rights.password } };
    },
  };
}

/** Neither the password nor the user is another one since, and nobody has ended it. */
function opens(session: Session, rights: Rights): boolean {
  const { valid, password, endedSessions } = rights;
  return valid && password === session.password && !endedSessions.has(session.id);
}

/** Whether a claim is true: the key's or password's check value is the one that is stored. */
function createProof({ store, cipher, limits }: AccessParts): (claim: Claim) => Promise<boolean> {
  let checking = 0;
  return async (claim) => {
    const owner = claim.kind === "user" ? userOwner(claim.user) : keyOwner(claim.id);
    const credential = await store.findCredential(owner);
    if (claim.kind === "apiKey") {
      const { key } = claim;
      return credential !== undefined && isKey(cipher, { key, secret: credential.secret });
    }
    if (checking >= limits.passwordChecksInFlightMax) throw tooMany(1);
    checking++;
    try {
      // A user who is not there takes as long as one who is.
      return await isPassword(claim.password, credential?.secret ?? nobodysHash);
    } finally {
      checking--;
    }
  };
}

/** Keys are random and need no protection from guessing; a wrong one must lock nobody out. */
function attemptsOf(limits: Limits, claim: Claim, address: string): readonly Attempt[] {
  if (claim.kind === "apiKey") return [];
  const { loginFailuresMax: most } = limits;
  const name = claim.user.toLowerCase();
  return [
    { who: `${address} ${name}`, most },
    { who: address, most: most * 10 },
  ];
}

/** Check value that no password has; made once, with the same cost as the others. */
const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const challenge = {
  headers: { "www-authenticate": 'Bearer realm="motown", Basic realm="motown", charset="UTF-8"' },
};

function claimOf(header: string | undefined): Claim {
  const [, scheme = "", rest = ""] = /^(\S+) +(\S.*)$/.exec(header ?? "") ?? [];
  if (scheme.toLowerCase() === "bearer") {
    return { kind: "apiKey", id: keyIdOf(rest), key: rest };
  }
  if (scheme.toLowerCase() === "basic") {
    const text = Buffer.from(rest, "base64").toString();
    const colon = text.indexOf(":");
    if (colon > 0) {
      return { kind: "user", user: text.slice(0, colon), password: text.slice(colon + 1) };
    }
  }
  const detail = "Send `Authorization: Bearer <API key>`, or HTTP Basic with name and password.";
  throw new Problem("NotAuthenticated", { detail, ...challenge });
}

/** The same refusal without the challenge, at which a browser would ask by itself. */
async function unchallenged<T>(proof: Promise<T>): Promise<T> {
  try {
    return await proof;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "NotAuthenticated") throw error;
    throw new Problem(error.code, { detail: error.extras.detail });
  }
}

function notAuthenticated(claim: Claim): Problem {
  const detail =
    claim.kind === "user"
      ? "The name or the password is wrong."
      : "The API key is unknown, or it was revoked.";
  return new Problem("NotAuthenticated", { detail, ...challenge });
}

function tooMany(seconds: number): Problem {
  return new Problem("TooManyAttempts", { headers: { "retry-after": String(seconds) } });
}

function userPrincipal(rights: Rights): Principal {
  return principalOf({ kind: "user", user: rights.name, password: "" }, rights);
}

function principalOf(claim: Claim, rights: Rights): Principal {
  const { authority, name, oneTimePassword } = rights;
  const id = claim.kind === "user" ? name : keyOwner(claim.id);
  const actor = { kind: "operator" as const, id, authority };
  return { actor, name, kind: claim.kind, oneTimePassword };
}
