import { type Static, Type } from "@sinclair/typebox";
import { type AddOnContext, type AuthorizeToken, createLru, instantAfter, issuesOf } from "#bus";
import { AuthorizationStatus, present } from "#core";
import type { AuthorizationProvider, ProviderAnswer } from "../provider.ts";
import type { HttpSettings } from "../settings.ts";

/** What the other side must answer; 404 says that it does not know the token. */
const HttpAnswer = Type.Object({
  status: AuthorizationStatus,
  expiresAt: Type.Optional(Type.String({ format: "date-time" })),
  /** How long this answer is good for; else the setting. */
  cacheSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 86_400 })),
});

interface Cached {
  /** `undefined`: the other side does not know the token. */
  readonly answer: ProviderAnswer | undefined;
  readonly until: string;
}

const answersRemembered = 50_000;
const answerBytesMax = 10_000;

/**
 * Asks a URL: POST `{ token, stationId, purpose, at }`, answered `{ status, expiresAt?,
 * cacheSeconds? }`. An answer is kept for its time; when the URL fails, the offline policy holds.
 */
export function httpProvider(
  settings: HttpSettings,
  send: typeof fetch = fetch,
): AuthorizationProvider {
  const cache = createLru<string, Cached>(answersRemembered);

  async function ask(
    token: string,
    question: AuthorizeToken,
    context: AddOnContext,
  ): Promise<Cached> {
    const bearer =
      settings.bearer === undefined ? {} : { authorization: `Bearer ${settings.bearer}` };
    const response = await send(settings.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...bearer },
      body: JSON.stringify({
        token,
        stationId: decodeURIComponent(question.station),
        purpose: question.purpose,
        at: question.at,
      }),
      signal: AbortSignal.timeout(settings.timeoutMs),
      redirect: "error",
    });
    if (response.status === 404) return kept(undefined, settings.cacheSeconds, context);
    if (!response.ok) throw new Error(`the URL answered ${response.status}`);
    const { cacheSeconds = settings.cacheSeconds, ...answer } = readAnswer(await response.text());
    return kept(present(answer), cacheSeconds, context);
  }

  return {
    name: "http",
    forget: (tokenRef) => cache.delete(tokenRef),
    authorize: async (question, context) => {
      const { tokenRef } = question;
      const known = cache.get(tokenRef);
      if (known !== undefined && known.until > context.now) return known.answer;
      // Ours to read: that it cannot be read is no failure of the URL.
      const token = await context.tokenValue(tokenRef);
      if (token === undefined) return undefined;
      try {
        const fresh = await ask(token, question, context);
        cache.set(tokenRef, fresh);
        return fresh.answer;
      } catch (error) {
        context.log("warn", "The authorization URL did not answer", {
          error,
          offline: settings.offline,
        });
        if (settings.offline === "accept") return { status: "accepted" };
        return settings.offline === "cached" ? known?.answer : { status: "invalid" };
      }
    },
  };
}

function kept(answer: ProviderAnswer | undefined, seconds: number, context: AddOnContext): Cached {
  return { answer, until: instantAfter(context.now, seconds * 1000) };
}

function readAnswer(text: string): Static<typeof HttpAnswer> {
  if (text.length > answerBytesMax) throw new Error("the URL's answer is too long");
  const answer: unknown = JSON.parse(text);
  const [issue] = issuesOf(HttpAnswer, answer);
  if (issue !== undefined) throw new Error(`the URL's answer: ${issue.path} ${issue.message}`);
  return answer as Static<typeof HttpAnswer>;
}
