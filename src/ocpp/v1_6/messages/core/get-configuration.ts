import { type EventDataOf, present, toChargingStation } from "#core";
import type { RequestEnd } from "../../../message.ts";
import { inChunks } from "../../chunks.ts";
import { type Response, toStation } from "../../row.ts";

type Received = EventDataOf<"ConfigurationItemsReceived">;
type Item = Received["items"][number];

interface Result {
  readonly items: readonly Item[];
  readonly unknownKeys: readonly string[];
}

/** Read the station's settings: those of the keys, or all. */
export const getConfiguration = toStation({
  action: "GetConfiguration",
  spec: "OCPP 1.6 edition 2, §5.8",
  on: "ConfigurationItemsRequested",
  priority: 3,
  request: ({ keys }) => (keys.length === 0 ? {} : { key: keys }),
  // GetConfigurationMaxKeys (§9.1), where the station told it.
  chunks: ({ key }, { state }) =>
    key === undefined
      ? [{}]
      : inChunks(key, { entries: state.callLimits.configurationKeys }).map((some) => ({
          key: some,
        })),
  join: joined,
  outcome: (response, request, { key, at }) => {
    const items = itemsOf(response);
    const unknownKeys = (response.unknownKey ?? []).map((name) => name.slice(0, 100));
    const requestedKeys = (request.key ?? []).filter((name) => name !== "");
    const data: Received = present({
      items,
      unknownKeys,
      requestedKeys,
      limits: limitsOf(items),
      at,
    });
    return {
      outcome: "accepted",
      result: { items, unknownKeys } satisfies Result,
      commands: [toChargingStation(key, "RecordConfigurationItems", data)],
    };
  },
});

function itemsOf({ configurationKey = [] }: Response<"GetConfiguration">): Item[] {
  return configurationKey
    .filter(({ key }) => key !== "")
    .map(({ key, value, readonly }) => present({ key, value, readonly: readonly === true }));
}

/** Settings by which later calls are cut to size; letters' case differs between vendors. */
function limitsOf(items: readonly Item[]): Received["limits"] {
  const limits = present({
    authorizationListEntries: numberOf(items, "sendlocallistmaxlength"),
    configurationKeys: numberOf(items, "getconfigurationmaxkeys"),
  });
  return Object.keys(limits).length > 0 ? limits : undefined;
}

function numberOf(items: readonly Item[], key: string): number | undefined {
  const text = items.find((item) => item.key.toLowerCase() === key)?.value?.trim() ?? "";
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function joined(ends: readonly RequestEnd[]): RequestEnd {
  const results = ends.map((end) => end.result as Result);
  return {
    outcome: "accepted",
    result: {
      items: results.flatMap(({ items }) => items),
      unknownKeys: results.flatMap(({ unknownKeys }) => unknownKeys),
    } satisfies Result,
  };
}
