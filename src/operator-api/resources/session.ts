import { Type } from "@sinclair/typebox";
import { closed, systemActor, toUser } from "#core";
import { firstAdministrator } from "../access/first-access.ts";
import type { Principal } from "../access/principal.ts";
import type { Session } from "../access/sessions.ts";
import type { Api } from "../api.ts";
import { type MayNotOf, MayNots } from "../commands/may-not.ts";
import { freely } from "../commands/sending.ts";
import { isSecure } from "../http/mount.ts";
import { Problem } from "../http/problems.ts";
import { type AnyRoute, type Call, type Resource, route } from "../http/route.ts";
import { Nothing } from "../http/schemas.ts";
import { executeOnce } from "../once.ts";

const Instant = Type.String({ format: "date-time" });

const SignedIn = Type.Object({
  signedIn: Type.Literal(true),
  user: Type.String(),
  administrator: Type.Boolean(),
  permissions: Type.Array(Type.String()),
  mayNot: MayNots,
  oneTimePassword: Type.Boolean({ description: "only the password can be changed until it is" }),
  csrf: Type.String({ description: "header X-CSRF-Token of whatever changes something" }),
  startedAt: Instant,
  endsAt: Type.String({ format: "date-time", description: "however much is asked until then" }),
  idleSeconds: Type.Integer({ description: "it ends after so long without a request" }),
});

const SignedOut = Type.Object({
  signedIn: Type.Literal(false),
  firstStart: Type.Boolean({
    description: "nobody has signed in yet: the one-time password is in the server's output",
  }),
});

const Claim = closed({
  user: Type.String({ minLength: 1, maxLength: 100 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});

/** Sessions of people in a browser; programs send their key with each request. */
export function sessionResource(api: Api, mayNotOf: MayNotOf): Resource {
  const shown = (known: Known) => ({ ...factsOf(api, known), mayNot: [...mayNotOf(known)] });
  const show = route({
    method: "GET",
    path: "/api/v1/session",
    summary: "Says whether this browser is signed in, and as whom",
    door: "open",
    answers: { 200: Type.Union([SignedIn, SignedOut]) },
    handle: async ({ raw }) => {
      const known = await knownBy(api, raw.request.headers.cookie, raw.request.ip);
      if (known !== undefined) return { body: shown(known) };
      return { body: { signedIn: false, firstStart: await isFirstStart(api) } };
    },
  });
  const signIn = route({
    method: "POST",
    path: "/api/v1/session",
    summary: "Signs in with name and password; the session is in the cookie",
    door: "open",
    body: Claim,
    answers: { 201: SignedIn },
    handle: async ({ body, raw: { request } }) => {
      if (api.elsewhere !== undefined)
        throw new Problem("RoleElsewhere", { detail: api.elsewhere });
      const principal = await api.access.signIn(body, request.ip);
      const cookie = api.access.sessions.cookie(principal.session, isSecure(request));
      return { status: 201, headers: { "set-cookie": cookie }, body: shown(principal) };
    },
  });
  return {
    tag: "session",
    description: "People in a browser sign in and out.",
    routes: [show, signIn, signOut(api)],
  };
}

function signOut(api: Api): AnyRoute {
  return route({
    method: "DELETE",
    path: "/api/v1/session",
    summary: "Signs out: this session opens nothing any more, on no node",
    door: "knownOnce",
    sends: [freely("SignOutUser")],
    answers: { 204: Nothing },
    handle: async (call) => {
      const { session } = call.principal;
      if (session === undefined) throw new Problem("SessionEnded");
      await end(api, call, session);
      const cookie = api.access.sessions.noCookie(isSecure(call.raw.request));
      return { status: 204, headers: { "set-cookie": cookie }, body: null };
    },
  });
}

async function end(api: Api, call: Call, session: Session): Promise<void> {
  // Everybody may end his own: the bus would ask for a permission over users.
  const actor = { ...call.principal.actor, authority: systemActor("session").authority };
  const until = api.access.sessions.endOf(session);
  await executeOnce(api, {
    call: { ...call, principal: { ...call.principal, actor } },
    execution: { commands: [toUser(session.user, "SignOutUser", { session: session.id, until })] },
    remember: () => null,
  });
}

type Known = Principal & { readonly session: Session };

async function knownBy(
  api: Api,
  cookie: string | undefined,
  address: string,
): Promise<Known | undefined> {
  if (!api.access.sessions.isThere(cookie)) return undefined;
  try {
    const principal = await api.access.authenticate({ cookie }, address);
    return principal.session && (principal as Known);
  } catch (error) {
    if (error instanceof Problem && error.code === "SessionEnded") return undefined;
    throw error;
  }
}

function factsOf({ access, limits }: Api, { actor, name, oneTimePassword, session }: Known) {
  const { administrator, permissions } = actor.authority;
  return {
    signedIn: true as const,
    user: name,
    administrator,
    permissions: [...permissions].sort(),
    oneTimePassword,
    csrf: access.sessions.csrfOf(session),
    startedAt: session.startedAt,
    endsAt: access.sessions.endOf(session),
    idleSeconds: Math.floor(limits.sessionIdleMs / 1000),
  };
}

/** The administrator of the first start has not chosen a password yet. */
async function isFirstStart({ access }: Api): Promise<boolean> {
  return access.isFresh(firstAdministrator);
}
