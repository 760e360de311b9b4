import { type Static, Type } from "@sinclair/typebox";
import { issuesOf } from "#bus";

const Http = Type.Object(
  {
    url: Type.String({ format: "uri" }),
    timeoutMs: Type.Integer({ minimum: 50, maximum: 9_000, default: 3_000 }),
    /** How long an answer is good for, when the other side does not say. */
    cacheSeconds: Type.Integer({ minimum: 0, maximum: 86_400, default: 60 }),
    /** What holds when the URL does not answer: the last answer, everybody, or nobody. */
    offline: Type.Union([Type.Literal("cached"), Type.Literal("accept"), Type.Literal("reject")], {
      default: "cached",
    }),
    /** Sent as `Authorization: Bearer …`. */
    bearer: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);

const Settings = Type.Object(
  {
    /** Order for stations that have none of their own. */
    providers: Type.Array(Type.Union([Type.Literal("local"), Type.Literal("http")])),
    http: Type.Optional(Http),
  },
  { additionalProperties: false },
);

export type AuthorizationSettings = Static<typeof Settings>;
export type HttpSettings = Static<typeof Http>;

/** Settings with their defaults; throws with the name of what is wrong. */
export function authorizationSettings(
  given: Readonly<Record<string, unknown>>,
): AuthorizationSettings {
  const http = given.http as Partial<HttpSettings> | undefined;
  const settings = {
    providers: http === undefined ? ["local"] : ["local", "http"],
    ...given,
    ...(http === undefined
      ? {}
      : { http: { timeoutMs: 3_000, cacheSeconds: 60, offline: "cached", ...http } }),
  };
  const issues = issuesOf(Settings, settings);
  if (issues.length > 0) {
    const words = issues.map((issue) => `${issue.path} ${issue.message}`).join("; ");
    throw new Error(`Settings of the add-on authorization: ${words}`);
  }
  return settings as AuthorizationSettings;
}
