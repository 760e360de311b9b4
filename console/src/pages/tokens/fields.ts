import type { Asked, Item } from "../../api/call.ts";
import { fieldSecond, instantOfField } from "../../parts/instants.ts";

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
  const expires = expiresAt === undefined ? "" : fieldSecond(new Date(expiresAt));
  return { status, groupToken, expires, concurrency };
}

/** All that a token may, with another status. */
export function withStatus(
  { groupToken, expiresAt, concurrency }: Item<"getTokens">,
  status: TokenFields["status"],
): TokenBody {
  return {
    status,
    ...(groupToken === undefined ? {} : { groupToken }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

/** A form as the API takes it: all of it, since what is left out is forgotten. */
export function bodyOf({ status, groupToken, expires, concurrency }: TokenFields): TokenBody {
  const expiresAt = instantOfField(expires);
  return {
    status,
    ...(groupToken.trim() === "" ? {} : { groupToken: groupToken.trim() }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(concurrency === "" ? {} : { concurrency: Number(concurrency) }),
  };
}
