import type { Asked, Item } from "../../api/call.ts";

/** What the API is told of a token. */
export type TokenBody = NonNullable<Asked<"putTokensByUid">["body"]>;

/** The same as a form holds it: what is empty is not said. */
export interface TokenFields {
  readonly status: Item<"getTokens">["status"];
  readonly groupToken: string;
  /** As the browser's own field has it: the viewer's zone. */
  readonly expires: string;
  readonly concurrency: number | string;
}

/** The fields of a token; of a new one, that it may charge. */
export function fieldsOf(token?: Item<"getTokens">): TokenFields {
  const { status = "accepted", groupToken = "", expiresAt, concurrency = "" } = token ?? {};
  return { status, groupToken, expires: localOf(expiresAt), concurrency };
}

/** A form as the API takes it: all of it, since what is left out is forgotten. */
export function bodyOf({ status, groupToken, expires, concurrency }: TokenFields): TokenBody {
  const ends = new Date(expires);
  return {
    status,
    ...(groupToken.trim() === "" ? {} : { groupToken: groupToken.trim() }),
    ...(Number.isNaN(ends.getTime()) ? {} : { expiresAt: ends.toISOString() }),
    ...(concurrency === "" ? {} : { concurrency: Number(concurrency) }),
  };
}

function localOf(instant: string | undefined): string {
  if (instant === undefined) return "";
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
