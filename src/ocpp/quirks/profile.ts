import { type Static, Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { closed } from "#core";
import { QuirksSchema, type WrittenQuirks } from "./flags.ts";

const pattern = Type.String({ minLength: 1, maxLength: 255 });
const Patterns = Type.Union([pattern, Type.Array(pattern, { minItems: 1, maxItems: 50 })]);
const release = Type.String({ minLength: 1, maxLength: 100 });

const Match = Type.Object(
  {
    vendor: Type.Optional(Patterns),
    model: Type.Optional(Patterns),
    firmware: Type.Optional(
      Type.Union([
        Patterns,
        closed({ from: Type.Optional(release), before: Type.Optional(release) }),
      ]),
    ),
    stationId: Type.Optional(Patterns),
    path: Type.Optional(Patterns),
  },
  { additionalProperties: false, minProperties: 1 },
);

/** Stations that have quirks, and which. Patterns know `*` and no letters' case. */
const Profile = closed({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  match: Match,
  quirks: QuirksSchema,
  rows: Type.Optional(Type.Array(Type.String({ pattern: "^[TRBXM]\\d{1,2}$" }))),
  sources: Type.Optional(Type.Array(Type.String({ maxLength: 300 }))),
});

export type Match = Static<typeof Match>;
export type QuirkProfile = Omit<Static<typeof Profile>, "quirks"> & {
  readonly quirks: WrittenQuirks;
};

const check = TypeCompiler.Compile(Type.Array(Profile, { maxItems: 1_000 }));

/** Profiles that are not as they should be: where, and what was expected. */
export class ProfileProblem extends Error {
  override readonly name = "ProfileProblem";
}

/** Reads profiles: a list, or one file's `{ "profiles": [...] }`. Throws `ProfileProblem`. */
export function readProfiles(value: unknown, origin: string): readonly QuirkProfile[] {
  const list = (value as { readonly profiles?: unknown } | null)?.profiles ?? value;
  if (check.Check(list)) return list as readonly QuirkProfile[];
  const error = [...check.Errors(list)]
    .sort((one, other) => other.path.length - one.path.length)
    .at(0);
  const place = /^\/(\d+)(.*)$/.exec(error?.path ?? "");
  const named = place === null ? undefined : nameOf(list, Number(place[1]));
  const where = place === null ? "" : `, profile ${named ?? Number(place[1]) + 1}${place[2]}`;
  throw new ProfileProblem(`${origin}${where}: ${wordsOf(error?.message ?? "is no profile")}`);
}

function nameOf(list: unknown, at: number): string | undefined {
  const name = (list as readonly { readonly name?: unknown }[])[at]?.name;
  return typeof name === "string" ? JSON.stringify(name) : undefined;
}

function wordsOf(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
