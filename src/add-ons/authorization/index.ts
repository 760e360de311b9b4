// The authorization add-on: may this token charge here? Asks its providers in the station's order.
import { type AddOn, type AddOnContext, type AuthorizeToken, createLru, defineAddOn } from "#bus";
import { type AuthorizationAnswer, streams } from "#core";
import type { AuthorizationProvider } from "./provider.ts";
import { httpProvider } from "./providers/http.ts";
import { localProvider } from "./providers/local.ts";
import { type AuthorizationSettings, authorizationSettings } from "./settings.ts";

const stationsRemembered = 20_000;

/** The add-on with its settings; a setting that is wrong throws at start and names itself. */
export function authorization(given: Readonly<Record<string, unknown>> = {}): AddOn {
  const settings = authorizationSettings(given);
  const providers = providersOf(settings);
  const orders = createLru<string, readonly string[]>(stationsRemembered);

  async function orderFor(station: string, context: AddOnContext): Promise<readonly string[]> {
    const known = orders.get(station);
    if (known !== undefined) return known;
    const item = await context.get("chargingStations", [station]);
    const own = item?.authorizationProviders as readonly string[] | undefined;
    const order = own ?? settings.providers;
    orders.set(station, order);
    return order;
  }

  async function answer(
    question: AuthorizeToken,
    context: AddOnContext,
  ): Promise<AuthorizationAnswer> {
    const asked: string[] = [];
    for (const name of await orderFor(question.station, context)) {
      const provider = providers.get(name);
      if (provider === undefined) {
        context.log("warn", "There is no authorization provider of this name", { provider: name });
        continue;
      }
      asked.push(name);
      try {
        const says = await provider.authorize(question, context);
        if (says !== undefined) return { ...says, provider: name };
      } catch (error) {
        context.log("error", "An authorization provider failed", { provider: name, error });
      }
    }
    return { status: "invalid", provider: asked.at(-1) ?? "none" };
  }

  const forgetStation = (event: { readonly stream: string }): void =>
    orders.delete(event.stream.slice(streams.chargingStation("").length));
  const forgetToken = (event: { readonly stream: string }): void => {
    const ref = event.stream.slice(streams.token("").length);
    for (const provider of providers.values()) provider.forget?.(ref);
  };

  return defineAddOn({
    name: "authorization",
    grants: {
      events: ["TokenSet", "TokenRemoved", "TokenErased", "AuthorizationProvidersSet"],
      commands: [],
      queries: ["chargingStations", "tokens", "transactions"],
      questions: ["AuthorizeToken"],
    },
    notice: {
      TokenSet: forgetToken,
      TokenRemoved: forgetToken,
      TokenErased: forgetToken,
      AuthorizationProvidersSet: forgetStation,
    },
    answers: { AuthorizeToken: answer },
  });
}

function providersOf(settings: AuthorizationSettings): Map<string, AuthorizationProvider> {
  const providers: AuthorizationProvider[] = [localProvider()];
  if (settings.http !== undefined) providers.push(httpProvider(settings.http));
  return new Map(providers.map((provider) => [provider.name, provider]));
}
