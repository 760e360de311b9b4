import { Type } from "@sinclair/typebox";
import { type Command, closed, toUser, user as userDecider } from "#core";
import type { Item } from "#views";
import { userOwner } from "../access/access.ts";
import { oneTimePasswordOpens } from "../access/first-access.ts";
import { knownPermissions } from "../access/known-permissions.ts";
import { hashPassword, randomPassword } from "../access/passwords.ts";
import { type Api, shownInViews } from "../api.ts";
import { sending } from "../commands/sending.ts";
import { Problem } from "../http/problems.ts";
import { type AnyRoute, type Call, type Resource, route } from "../http/route.ts";
import { Nothing } from "../http/schemas.ts";
import { listingOf } from "../listing.ts";
import { executeOnce } from "../once.ts";

/** A name that fits into an address, and into HTTP Basic, which ends it at a colon. */
const Name = Type.String({
  ...{ minLength: 1, maxLength: 100, pattern: "^[^\\s:/\\u0000-\\u001f]+$" },
  "x-form": "without spaces, colons and slashes",
});
const params = closed({ user: Name });

const OneTime = closed({
  user: Type.String(),
  oneTimePassword: Type.String({ description: "shown this once" }),
  opens: Type.String(),
});

const { administrator, permissions } = userDecider.commands.ChangeUserRights.data.properties;

/** People: only administrators see and change them, so that nobody promotes himself. */
export function userResource(api: Api): Resource {
  const listing = listingOf(api, "users");
  const keyOfUser = (user: string) => encodeURIComponent(user.toLowerCase());

  async function change(call: Call, user: string, commands: readonly Command[]): Promise<Item> {
    const done = await executeOnce(api, { call, execution: { commands }, remember: () => null });
    await shownInViews(api, done.cursor);
    const found = await listing.get([keyOfUser(user)]);
    if (found === undefined) throw new Problem("UserNotFound", { detail: user });
    return found;
  }

  const routes: AnyRoute[] = [
    route({
      method: "GET",
      path: "/api/v1/users",
      summary: "Lists users",
      door: "administrator",
      query: listing.query,
      answers: { 200: listing.page },
      handle: async ({ query }) => ({ body: await listing.list(query) }),
    }),
    creation(api),
    route({
      method: "PUT",
      path: "/api/v1/users/{user}/rights",
      summary: "Changes what a user may do on every station",
      door: "administrator",
      sends: [sending(userDecider, "ChangeUserRights")],
      params,
      body: closed({ administrator, permissions }),
      answers: { 200: listing.item },
      handle: async (call) => {
        const { user } = call.params;
        knownPermissions(call.body.permissions);
        return { body: await change(call, user, [toUser(user, "ChangeUserRights", call.body)]) };
      },
    }),
    route({
      method: "POST",
      path: "/api/v1/users/{user}/password-resets",
      summary: "Gives a user a new one-time password",
      door: "administrator",
      sends: [sending(userDecider, "SetUserPassword")],
      params,
      answers: { 201: OneTime },
      handle: async (call) => {
        const answer = await oneTime(api, call, call.params);
        return { ...answer, status: 201 };
      },
    }),
    removal(api),
  ];
  return { tag: "users", description: "People who work with Motown.", routes };
}

function creation(api: Api): AnyRoute {
  return route({
    method: "POST",
    path: "/api/v1/users",
    summary: "Creates a user with a one-time password",
    door: "administrator",
    sends: [sending(userDecider, "CreateUser"), sending(userDecider, "SetUserPassword")],
    body: closed({
      user: Name,
      administrator: Type.Optional(administrator),
      permissions: Type.Optional(permissions),
    }),
    answers: { 201: OneTime },
    handle: async (call) => {
      const { user, administrator = false, permissions = [] } = call.body;
      knownPermissions(permissions);
      const before = [toUser(user, "CreateUser", { user, administrator, permissions })];
      const answer = await oneTime(api, call, { user, before });
      return { ...answer, status: 201 };
    },
  });
}

function removal(api: Api): AnyRoute {
  return route({
    method: "DELETE",
    path: "/api/v1/users/{user}",
    summary: "Removes a user",
    door: "administrator",
    sends: [sending(userDecider, "RemoveUser")],
    params,
    answers: { 204: Nothing },
    handle: async (call) => {
      const { user } = call.params;
      const done = await executeOnce(api, {
        call,
        execution: {
          commands: [toUser(user, "RemoveUser", {})],
          forgetCredentials: [userOwner(user)],
        },
        remember: () => null,
      });
      await shownInViews(api, done.cursor);
      return { status: 204, body: null };
    },
  });
}

async function oneTime(
  api: Api,
  call: Call,
  about: { readonly user: string; readonly before?: readonly Command[] },
) {
  const { user, before = [] } = about;
  const password = randomPassword();
  const done = await executeOnce(api, {
    call,
    execution: {
      commands: [...before, toUser(user, "SetUserPassword", { oneTime: true })],
      credentials: [{ owner: userOwner(user), secret: await hashPassword(password) }],
    },
    remember: () => password,
  });
  await shownInViews(api, done.cursor);
  return { body: { user, oneTimePassword: done.remembered, opens: oneTimePasswordOpens } };
}
