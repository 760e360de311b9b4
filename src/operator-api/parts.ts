import type { Bus, Environment, EventStore, FrameLog, InstalledAddOn } from "#bus";
import type { Queries, View } from "#views";
import type { Access } from "./access/access.ts";
import type { Tiles } from "./console/tiles.ts";
import type {
  CallCatalogue,
  CallRules,
  Check,
  ConnectionAttempts,
  Connections,
  Figure,
  Operation,
  QuirkKnowledge,
  ViewAdministration,
} from "./ports.ts";

/** All that the API works with. */
export interface ApiParts extends Environment {
  readonly bus: Bus;
  readonly store: EventStore;
  readonly frames: FrameLog;
  readonly queries: Queries;
  /** The views by name, for the filters and shapes of lists. */
  readonly views: Readonly<Record<string, View>>;
  readonly viewAdministration: ViewAdministration;
  readonly connections: Connections;
  readonly attempts: ConnectionAttempts;
  readonly access: Access;
  readonly operation: Operation;
  /** Add-ons of this house. */
  readonly addOns?: readonly InstalledAddOn[];
  /** Left out: a wrong call is found when it is to go out, and its request ends as `failed`. */
  readonly callRules?: CallRules;
  /** Left out: the API knows no action by name. */
  readonly callCatalogue?: CallCatalogue;
  readonly quirks?: QuirkKnowledge;
  /** What the codes of deviations mean. */
  readonly deviationMeanings?: Readonly<
    Record<string, { readonly meaning: string; readonly source: string }>
  >;
  /** Versions of OCPP that the gateway speaks, in its spelling. */
  readonly protocols: readonly string[];
  /** Shown in `/readyz` by name. */
  readonly checks: Readonly<Record<string, Check>>;
  /** Shown in `/metrics` by name. */
  readonly figures?: Readonly<Record<string, Figure>>;
  /** Proxies that may say who the client is (`X-Forwarded-For`); default: none. */
  readonly isTrustedProxy?: (address: string) => boolean;
  /** Why this node serves nothing but its own health and figures, in words; absent: it serves. */
  readonly elsewhere?: string | undefined;
  /** Where the console was built; absent: there is none at `/`. */
  readonly consoleFolder?: string;
  /** Where the console's map takes its tiles from; absent: from nowhere. */
  readonly tiles?: Tiles | undefined;
  /** Version of the program. */
  readonly version: string;
}
