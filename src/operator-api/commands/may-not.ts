import { isDeepStrictEqual } from "node:util";
import { Type } from "@sinclair/typebox";
import type { Principal } from "../access/principal.ts";
import { refusalAtDoor } from "../http/doors.ts";
import { type Problem, problemOf } from "../http/problems.ts";
import { type AnyRoute, operationIdOf, type Resource } from "../http/route.ts";

/** What a request says, in query or body, for which something holds. */
export const When = Type.Record(Type.String(), Type.Union([Type.String(), Type.Boolean()]), {
  description: "only of a request whose query or body says so; absent: of any",
});

const MayNot = Type.Object({
  operation: Type.String({ description: "its operationId in this document" }),
  when: Type.Optional(When),
  permission: Type.Optional(Type.String({ description: "what would have to be permitted" })),
  code: Type.String(),
  reason: Type.String(),
});

/** Operations that somebody may not ask for. */
export const MayNots = Type.Array(MayNot, {
  description:
    "operations that you may not ask for, and why; the others you may. What is of one station " +
    "may be permitted on it alone, and is not here: GET …/{stationId}/allowed",
});

/** One of them. */
export type MayNot = (typeof MayNot)["static"];

/** What somebody may not. */
export type MayNotOf = (principal: Principal) => readonly MayNot[];

/** Asks the doors of all routes, and the guards of what they send: those that will decide. */
export function mayNotOf(resources: readonly Resource[], principal: Principal): readonly MayNot[] {
  return resources.flatMap(({ routes }) => routes.flatMap((one) => refusalsOf(one, principal)));
}

function refusalsOf(declared: AnyRoute, principal: Principal): readonly MayNot[] {
  const operation = operationIdOf(declared);
  const atDoor = refusalAtDoor(principal, declared.door);
  if (atDoor !== undefined) return [{ operation, ...wordsOf(atDoor) }];
  const found: MayNot[] = [];
  for (const { when, command, refusal } of declared.sends ?? []) {
    const rejection = refusal(principal.actor);
    if (rejection === undefined || found.some((one) => isDeepStrictEqual(one.when, when))) continue;
    const about = { operation, ...(when === undefined ? {} : { when }), permission: command };
    found.push({ ...about, ...wordsOf(problemOf(rejection)) });
  }
  return found;
}

function wordsOf({ code, message }: Problem): Pick<MayNot, "code" | "reason"> {
  return { code, reason: message };
}
