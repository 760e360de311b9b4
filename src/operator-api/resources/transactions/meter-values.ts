import { Type } from "@sinclair/typebox";
import { closed } from "#core";
import type { Api } from "../../api.ts";
import { type AnyRoute, route } from "../../http/route.ts";
import { pageOf } from "../../http/schemas.ts";
import { listingOf } from "../../listing.ts";

const params = closed({ transactionId: Type.String({ maxLength: 100 }) });

/** What samples can be narrowed to, besides their instants. */
const narrowing = {
  measurand: Type.Optional(Type.String({ maxLength: 50 })),
  phase: Type.Optional(Type.String({ maxLength: 10 })),
};

interface Reading {
  readonly samples: readonly { readonly measurand: string; readonly phase?: string }[];
}

/**
 * `GET /api/v1/transactions/{transactionId}/meter-values`: one item per sample, in time's order.
 */
export function meterValueRoute(api: Api): AnyRoute {
  const readings = listingOf(api, "meterSeries", ["transactionId", "stationId"]);
  const { samples, ...shared } = readings.item.properties;
  const sample = samples.items.properties;
  return route({
    method: "GET",
    path: "/api/v1/transactions/{transactionId}/meter-values",
    summary: "Lists the samples of a transaction",
    description: "`limit` counts instants; what was measured at one instant stays on one page.",
    params,
    query: Type.Unsafe<Readonly<Record<string, unknown>>>({
      ...readings.query,
      properties: { ...readings.query.properties, ...narrowing },
    }),
    answers: { 200: pageOf(Type.Object({ ...shared, ...sample })) },
    handle: async ({ params: { transactionId }, query: { measurand, phase, ...query } }) => {
      const { items, ...page } = await readings.list(query, { transactionId });
      const wanted = (one: Reading["samples"][number]) =>
        (measurand === undefined || one.measurand === measurand) &&
        (phase === undefined || one.phase === phase);
      const flat = items.flatMap(({ samples: measured, ...reading }) =>
        (measured as Reading["samples"]).filter(wanted).map((one) => ({ ...reading, ...one })),
      );
      return { body: { ...page, items: flat } };
    },
  });
}
