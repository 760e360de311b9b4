// A station type while somebody writes it: fields that are empty or no numbers yet are kept as they
// are, and powers are in kW, as plates say them.
import type { Asked, Item } from "../api/call.ts";

/** A type of the catalogue. */
export type StationType = Item<"getStationTypes">;

/** What the API is told of a type. */
export type TypeBody = NonNullable<Asked<"putStationTypesByVendorByModel">["body"]>;

type Connector = StationType["evses"][number]["connectors"][number];

/** A number while it is typed. */
export type Typed = number | string;

/** A connector while it is described. */
export interface ConnectorDraft {
  readonly connectorId: Typed;
  readonly ocpp1ConnectorId: Typed;
  readonly type: string;
  readonly current: "" | NonNullable<Connector["current"]>;
  readonly phases: Typed;
  readonly voltageV: Typed;
  readonly maxCurrentA: Typed;
  readonly maxPowerKw: Typed;
}

/** An EVSE while it is described. */
export interface EvseDraft {
  readonly evseId: Typed;
  readonly connectors: readonly ConnectorDraft[];
}

/** A setting while it is written. */
export interface SettingDraft {
  readonly key: string;
  readonly value: string;
}

/** A type while it is described. */
export interface TypeDraft {
  readonly evses: readonly EvseDraft[];
  readonly settings: readonly SettingDraft[];
}

/** A connector of which only the number is known. */
export function newConnector(connectorId: number): ConnectorDraft {
  return {
    connectorId,
    ocpp1ConnectorId: "",
    type: "",
    current: "",
    phases: "",
    voltageV: "",
    maxCurrentA: "",
    maxPowerKw: "",
  };
}

/** Most stations have one EVSE with one connector; more are added with a click. */
export const newType: TypeDraft = {
  evses: [{ evseId: 1, connectors: [newConnector(1)] }],
  settings: [],
};

/** A type as it is, to be changed; what is half written by hand is taken as far as it goes. */
export function draftOf({ evses, configuration }: Partial<TypeBody>): TypeDraft {
  return {
    evses: partsOf(evses).map(({ evseId, connectors }) => ({
      evseId: evseId ?? "",
      connectors: partsOf(connectors).map(connectorDraft),
    })),
    settings: Object.entries(configuration ?? {}).map(([key, value]) => ({ key, value })),
  };
}

function connectorDraft(connector: Partial<Connector>): ConnectorDraft {
  const { maxPowerW } = connector;
  return {
    connectorId: connector.connectorId ?? "",
    ocpp1ConnectorId: connector.ocpp1ConnectorId ?? "",
    type: String(connector.type ?? ""),
    current: connector.current ?? "",
    phases: connector.phases ?? "",
    voltageV: connector.voltageV ?? "",
    maxCurrentA: connector.maxCurrentA ?? "",
    maxPowerKw: typeof maxPowerW === "number" ? maxPowerW / 1000 : "",
  };
}

/** What is written as JSON may be anything. */
function partsOf<T>(value: readonly T[] | undefined): readonly T[] {
  const parts = Array.isArray(value) ? (value as readonly T[]) : [];
  return parts.filter((part) => typeof part === "object" && part !== null);
}

/** A draft as the API takes it: what is empty is left out. */
export function bodyOf({ evses, settings }: TypeDraft): TypeBody {
  const named = settings.filter(({ key }) => key.trim() !== "");
  const body = {
    evses: evses.map(({ evseId, connectors }) => ({
      evseId,
      connectors: connectors.map(({ maxPowerKw, ...own }) => {
        const isPower = typeof maxPowerKw === "number";
        const maxPowerW = isPower ? Math.round(maxPowerKw * 1000) : maxPowerKw;
        return withoutEmpty({ ...own, type: own.type.trim(), maxPowerW });
      }),
    })),
    ...(named.length === 0
      ? {}
      : { configuration: Object.fromEntries(named.map(({ key, value }) => [key.trim(), value])) }),
  };
  // What is half written is the API's to judge.
  return body as unknown as TypeBody;
}

function withoutEmpty(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== ""));
}

/** One EVSE more, like the last one: stations repeat themselves. */
export function withNextEvse(evses: readonly EvseDraft[]): readonly EvseDraft[] {
  const last = evses.at(-1);
  const evseId = nextNumber(evses.map((evse) => evse.evseId));
  const connectors = last?.connectors.map((one) => ({ ...one, ocpp1ConnectorId: "" }));
  return [...evses, { evseId, connectors: connectors ?? [newConnector(1)] }];
}

/** One connector more at an EVSE. */
export function withNextConnector(evse: EvseDraft): EvseDraft {
  const connectorId = nextNumber(evse.connectors.map((one) => one.connectorId));
  return { ...evse, connectors: [...evse.connectors, newConnector(connectorId)] };
}

function nextNumber(taken: readonly Typed[]): number {
  const numbers = taken.filter((one) => typeof one === "number");
  return Math.max(0, ...numbers) + 1;
}
