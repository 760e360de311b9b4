// Sessions of people in a browser. The cookie is the session: sealed with the secret that all nodes
// share, so that any of them can open it and none has to keep it. What ends it is in the user's
// stream: another password, another set of one's rights to come in, a sign-out.
import { type Cipher, type Clock, type Dice, instantAfter } from "#bus";
import type { Limits } from "#limits";

/** What a cookie says. */
export interface Session {
  readonly id: string;
  readonly user: string;
  /** Version of the user's stream at which the password was set that opened it. */
  readonly password: number;
  readonly startedAt: string;
  /** When the cookie was written: it is written anew while somebody works. */
  readonly seenAt: string;
}

/** Writes and reads the cookies of one cell. */
export interface Sessions {
  start(of: Pick<Session, "user" | "password">): Session;
  /** The session of a request's `Cookie` header, if there is one that has not run out. */
  find(cookies: string | undefined): Session | undefined;
  /** Whether the header holds a cookie of ours, good or not. */
  isThere(cookies: string | undefined): boolean;
  /** `Set-Cookie` of a session as it is now. */
  cookie(session: Session, secure: boolean): string;
  /** `Set-Cookie` that takes it away. */
  noCookie(secure: boolean): string;
  /** The same session, seen now; undefined where its cookie is young enough. */
  renewed(session: Session): Session | undefined;
  /** What a request that changes something has to name beside the cookie. */
  csrfOf(session: Session): string;
  /** When it ends however much somebody works. */
  endOf(session: Session): string;
}

/** Header of what `Sessions.csrfOf` says. A page of another origin cannot send it unasked. */
export const csrfHeader = "x-csrf-token";

export function createSessions(parts: {
  readonly cipher: Cipher;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly limits: Limits;
}): Sessions {
  const { cipher, clock, dice, limits } = parts;
  // Cookies know no ports: two Motowns on one machine must not end each other's sessions.
  const name = `motown-${cipher.hmac("password", "session cookie").slice(0, 8)}`;
  const sealed = new RegExp(`(?:^|;\\s*)${name}=([^;\\s]*)`);
  const attributes = (secure: boolean) =>
    `Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;

  const isOver = ({ startedAt, seenAt }: Session): boolean =>
    instantAfter(startedAt, limits.sessionLifeMs) <= clock.now() ||
    instantAfter(seenAt, limits.sessionIdleMs) <= clock.now();

  return {
    start: (of) => {
      const now = clock.now();
      return { id: dice.hex(16), ...of, startedAt: now, seenAt: now };
    },
    isThere: (cookies) => cookies !== undefined && sealed.test(cookies),
    find: (cookies = "") => {
      const text = sealed.exec(cookies)?.[1];
      const session = text === undefined ? undefined : opened(cipher, text);
      return session === undefined || isOver(session) ? undefined : session;
    },
    cookie: (session, secure) => {
      const text = cipher.seal(JSON.stringify({ kind, ...session }));
      const seconds = Math.floor(limits.sessionLifeMs / 1000);
      return `${name}=${encodeURIComponent(text)}; Max-Age=${seconds}; ${attributes(secure)}`;
    },
    noCookie: (secure) => `${name}=; Max-Age=0; ${attributes(secure)}`,
    renewed: (session) => {
      const now = clock.now();
      if (instantAfter(session.seenAt, limits.sessionRenewMs) > now) return undefined;
      return { ...session, seenAt: now };
    },
    csrfOf: ({ id }) => cipher.hmac("password", `csrf ${id}`).slice(0, 32),
    endOf: ({ startedAt }) => instantAfter(startedAt, limits.sessionLifeMs),
  };
}

/** Told apart from everything else that the same secret seals. */
const kind = "session";

function opened(cipher: Cipher, text: string): Session | undefined {
  let said: unknown;
  try {
    said = JSON.parse(cipher.open(decodeURIComponent(text)));
  } catch {
    // Not ours, or of a former secret: whoever sends it is not signed in.
    return undefined;
  }
  const { kind: what, ...session } = said as Session & { readonly kind?: string };
  return what === kind ? session : undefined;
}
