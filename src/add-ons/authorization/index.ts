// The authorization add-on: may this token charge here? Asks its providers in the station's order.
import {
  type AddOn,
  type AddOnContext,
  type AuthorizeToken,
  defineAddOn,
  StoreUnavailable,
} from "#bus";
import { type AuthorizationAnswer, streams } from "#core";
import type { AuthorizationProvider } from "./provider.ts";
import { httpProvider } from "./providers/http.ts";
import { localProvider } from "./providers/local.ts";
import { createRememberedRows, createViewsStart, type ViewsStart } from "./remembered-rows.ts";
import { type AuthorizationSettings, authorizationSettings } from "./settings.ts";

/** Half of them are kept however often others are asked for: more than one process can hold. */
const stationsRemembered = 50_000;

/** What the view of stations says about who may answer. */
interface StationRow {
  readonly authorizationProviders?: readonly string[] | undefined;
}

/** The add-on with its settings; a setting that is wrong throws at start and names itself. */
export function authorization(given: Readonly<Record<string, unknown>> = {}): AddOn {
  const settings = authorizationSettings(given);
  const start = createViewsStart();
  const providers = providersOf(settings, start);
  const stations = createRememberedRows<StationRow>("chargingStations", {
    ...{ most: stationsRemembered, start },
    // A row is large, and this is all that is needed of it.
    pick: (item) => ({ authorizationProviders: (item as StationRow)?.authorizationProviders }),
  });

  async function orderFor(station: string, context: AddOnContext): Promise<readonly string[]> {
    const row = await stations.of(station, context);
    return row?.authorizationProviders ?? settings.providers;
  }

  async function answer(
    question: AuthorizeToken,
    context: AddOnContext,
  ): Promise<AuthorizationAnswer> {
    const order = await orderFor(question.station, context);
    const names = order.filter((name) => providers.has(name));
    for (const name of order) {
      if (providers.has(name)) continue;
      context.log("warn", "There is no authorization provider of this name", { provider: name });
    }
    const asking = { providers, question, context };
    const says = await firstAnswer("authorize", names, asking);
    if (says?.status === "accepted") return says;
    // Those behind the one that knows the token are not asked at all.
    const asked = says === undefined ? names : names.slice(0, names.indexOf(says.provider) + 1);
    const afresh = await firstAnswer("authorizeAfresh", asked, asking);
    return afresh ?? says ?? { status: "invalid", provider: names.at(-1) ?? "none" };
  }

  const forgetStation = (event: { readonly stream: string }): void =>
    stations.forget(event.stream.slice(streams.chargingStation("").length));
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

/** The first answer of these providers; a failure of one's own is reported, and passes it on. */
async function firstAnswer(
  ask: "authorize" | "authorizeAfresh",
  names: readonly string[],
  given: {
    readonly providers: ReadonlyMap<string, AuthorizationProvider>;
    readonly question: AuthorizeToken;
    readonly context: AddOnContext;
  },
): Promise<AuthorizationAnswer | undefined> {
  const { providers, question, context } = given;
  for (const name of names) {
    try {
      const says = await providers.get(name)?.[ask]?.(question, context);
      if (says !== undefined) return { ...says, provider: name };
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      context.log("error", "An authorization provider failed", { provider: name, error });
    }
  }
  return undefined;
}

function providersOf(
  settings: AuthorizationSettings,
  start: ViewsStart,
): Map<string, AuthorizationProvider> {
  const providers: AuthorizationProvider[] = [localProvider(start)];
  if (settings.http !== undefined) providers.push(httpProvider(settings.http));
  return new Map(providers.map((provider) => [provider.name, provider]));
}
