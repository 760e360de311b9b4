import { Type } from "@sinclair/typebox";
import { permissionTable } from "#core";
import { type Resource, route } from "../http/route.ts";
import { pageOf } from "../http/schemas.ts";

const Permission = Type.Object({
  permission: Type.String(),
  about: Type.String({ description: "kind of thing that its command is about, or `everything`" }),
});

/** What users and keys can be permitted. */
export function permissionResource(): Resource {
  const items = [...permissionTable].map(([permission, about]) => ({ permission, about }));
  const list = route({
    method: "GET",
    path: "/api/v1/permissions",
    summary: "Lists every permission that a user or a key can hold",
    answers: { 200: pageOf(Permission) },
    handle: async () => ({ body: { items } }),
  });
  return { tag: "permissions", description: "What can be permitted.", routes: [list] };
}
