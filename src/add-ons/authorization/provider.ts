import type { AddOnContext, AuthorizeToken } from "#bus";
import type { AuthorizationAnswer } from "#core";

/** What a provider says; its own name is added by who asks it. */
export type ProviderAnswer = Omit<AuthorizationAnswer, "provider">;

/**
 * Somebody who may know a token. Providers are asked in the order that is set for the station; the
 * first that knows the token decides, whatever it says.
 */
export interface AuthorizationProvider {
  readonly name: string;
  /**
   * Undefined: this provider does not know the token. A failure is reported and passes it on. Where
   * the store or the views are away (`StoreUnavailable`) nobody decides: those behind it must not
   * say what this one would have said otherwise.
   */
  authorize(question: AuthorizeToken, context: AddOnContext): Promise<ProviderAnswer | undefined>;
  /**
   * The same by all that is committed by now. Asked before a token is refused, of providers whose
   * answer may be behind: a refusal by an old row would be wrong, and nobody tries again.
   */
  authorizeAfresh?: AuthorizationProvider["authorize"];
  /** What the provider kept about a token is old. */
  forget?(tokenRef: string): void;
}
