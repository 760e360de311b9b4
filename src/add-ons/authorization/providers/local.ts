import { type AddOnContext, type AuthorizeToken, createLru } from "#bus";
import { type AuthorizationStatus, present } from "#core";
import type { AuthorizationProvider, ProviderAnswer } from "../provider.ts";

/** A token as the view of tokens shows it. */
interface LocalToken {
  readonly status: Exclude<AuthorizationStatus, "concurrentTransaction">;
  readonly expiresAt?: string;
  readonly groupTokenRef?: string;
  readonly concurrency?: number;
}

const tokensRemembered = 50_000;

/** Tokens that an operator wrote into Motown. */
export function localProvider(): AuthorizationProvider {
  const remembered = createLru<string, LocalToken | "unknown">(tokensRemembered);

  async function tokenOf(
    question: AuthorizeToken,
    context: AddOnContext,
  ): Promise<LocalToken | undefined> {
    const { tokenRef } = question;
    const known = remembered.get(tokenRef);
    if (known !== undefined) return known === "unknown" ? undefined : known;
    const item = await context.get("tokens", [tokenRef]);
    const token = item as LocalToken | undefined;
    remembered.set(tokenRef, token ?? "unknown");
    return token;
  }

  return {
    name: "local",
    forget: (tokenRef) => remembered.delete(tokenRef),
    authorize: async (question, context) => {
      const token = await tokenOf(question, context);
      if (token === undefined) return undefined;
      const said = present({ expiresAt: token.expiresAt, groupTokenRef: token.groupTokenRef });
      if (token.status !== "accepted") return { ...said, status: token.status };
      if (token.expiresAt !== undefined && token.expiresAt <= question.at) {
        return { ...said, status: "expired" };
      }
      const busy = question.purpose === "start" && (await isBusy(token, question, context));
      return { ...said, status: busy ? "concurrentTransaction" : "accepted" } as ProviderAnswer;
    },
  };
}

/** Whether the token runs as many transactions as it may. Judged by a view that has caught up. */
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
