import { Type } from "@sinclair/typebox";
import { closed, systemActor, toUser } from "#core";
import { userOwner } from "../access/access.ts";
import { hashPassword } from "../access/passwords.ts";
import { type Api, shownInViews } from "../api.ts";
import { type MayNotOf, MayNots } from "../commands/may-not.ts";
import { freely } from "../commands/sending.ts";
import { isSecure } from "../http/mount.ts";
import { Problem } from "../http/problems.ts";
import { type Call, type Resource, route } from "../http/route.ts";
import { Nothing } from "../http/schemas.ts";
import { executeOnce } from "../once.ts";

const Me = closed({
  kind: Type.Unsafe<string>({ type: "string", enum: ["user", "apiKey"] }),
  name: Type.String(),
  administrator: Type.Boolean(),
  permissions: Type.Array(Type.String()),
  oneTimePassword: Type.Boolean({ description: "only the password can be changed until it is" }),
  mayNot: MayNots,
});

/** Who is asking. */
export function meResource(api: Api, mayNotOf: MayNotOf): Resource {
  const show = route({
    method: "GET",
    path: "/api/v1/me",
    summary: "Says who you are and what you may do on every station",
    door: "knownOnce",
    answers: { 200: Me },
    handle: async ({ principal }) => {
      const { kind, name, oneTimePassword, actor } = principal;
      const { administrator, permissions } = actor.authority;
      const held = [...permissions].sort();
      const mayNot = [...mayNotOf(principal)];
      return { body: { kind, name, administrator, permissions: held, oneTimePassword, mayNot } };
    },
  });
  const put = route({
    method: "PUT",
    path: "/api/v1/me/password",
    summary: "Sets your own password",
    door: "person",
    sends: [freely("SetUserPassword")],
    description:
      "From a browser it needs the password of before. Every other session of yours ends.",
    body: closed({
      password: Type.String({ minLength: 12, maxLength: 200 }),
      currentPassword: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    answers: { 204: Nothing },
    handle: async (call) => {
      const { name, session } = call.principal;
      await confirmed(api, call);
      // Everybody may change his own: the bus would ask for a permission over users.
      const actor = { ...call.principal.actor, authority: systemActor("me").authority };
      const done = await executeOnce(api, {
        call: { ...call, principal: { ...call.principal, actor } },
        execution: {
          commands: [toUser(name, "SetUserPassword", { oneTime: false })],
          credentials: [{ owner: userOwner(name), secret: await hashPassword(call.body.password) }],
        },
        remember: () => null,
      });
      await shownInViews(api, done.cursor);
      if (session === undefined) return { status: 204, body: null };
      // The password that opened this session is no more: its cookie has to say so.
      const resumed = await api.access.resume(session);
      const cookie = api.access.sessions.cookie(resumed.session, isSecure(call.raw.request));
      return { status: 204, headers: { "set-cookie": cookie }, body: null };
    },
  });
  return { tag: "me", description: "Who is asking.", routes: [show, put] };
}

/** A browser that somebody left open must not be enough to take his account. */
async function confirmed(
  { access }: Api,
  { principal, body, raw }: Call<unknown, unknown, { readonly currentPassword?: string }>,
): Promise<void> {
  if (principal.session === undefined || principal.oneTimePassword) return;
  const { currentPassword: password } = body;
  if (password === undefined) {
    const issues = [{ path: "/currentPassword", message: "is needed: the password of before" }];
    throw new Problem("BodyInvalid", { issues });
  }
  await access.confirm({ user: principal.name, password }, raw.request.ip);
}
