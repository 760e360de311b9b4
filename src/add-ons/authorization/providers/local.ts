import type { AddOnContext, AuthorizeToken } from "#bus";
import { type AuthorizationStatus, present } from "#core";
import type { AuthorizationProvider, ProviderAnswer } from "../provider.ts";
import { createRememberedRows, type ViewsStart } from "../remembered-rows.ts";

/** A token as the view of tokens shows it. */
interface LocalToken {
  readonly status: Exclude<AuthorizationStatus, "concurrentTransaction">;
  readonly expiresAt?: string;
  readonly groupTokenRef?: string;
  readonly concurrency?: number;
}

const tokensRemembered = 50_000;

/** Tokens that an operator wrote into Motown. */
export function localProvider(start?: ViewsStart): AuthorizationProvider {
  const tokens = createRememberedRows<LocalToken>("tokens", {
    most: tokensRemembered,
    ...(start && { start }),
  });
  return {
    name: "local",
    forget: tokens.forget,
    authorize: async (question, context) =>
      judged(await tokens.of(question.tokenRef, context), question, context),
    authorizeAfresh: async (question, context) =>
      judged(await tokens.afresh(question.tokenRef, context), question, context),
  };
}

async function judged(
  token: LocalToken | undefined,
  question: AuthorizeToken,
  context: AddOnContext,
): Promise<ProviderAnswer | undefined> {
  if (token === undefined) return undefined;
  const said = present({ expiresAt: token.expiresAt, groupTokenRef: token.groupTokenRef });
  if (token.status !== "accepted") return { ...said, status: token.status };
  if (token.expiresAt !== undefined && token.expiresAt <= question.at) {
    return { ...said, status: "expired" };
  }
  const busy = question.purpose === "start" && (await isBusy(token, question, context));
  return { ...said, status: busy ? "concurrentTransaction" : "accepted" };
}

/**
 * Whether the token runs as many transactions as it may. Judged by a view that has caught up;
 * starts of the same moment do not see each other (docs/decisions/0011).
 */
async function isBusy(
  token: LocalToken,
  question: AuthorizeToken,
  context: AddOnContext,
): Promise<boolean> {
  const { concurrency } = token;
  if (concurrency === undefined) return false;
  await context.caughtUp();
  const running = await context.list("transactions", {
    filter: { tokenRef: question.tokenRef, state: "active" },
    limit: concurrency + 1,
  });
  const others = running.filter((item) => item.transactionId !== question.transactionId);
  return others.length >= concurrency;
}
