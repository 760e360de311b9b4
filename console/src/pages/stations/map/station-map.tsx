import { Card, Skeleton, Text } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { useAddress } from "../../../app/use-address.ts";
import { Asked } from "../../../parts/asked.tsx";
import { useText } from "../../../strings/language.ts";
import { placesOf } from "./places.ts";

/** The map's library is no part of the shell. */
const Drawn = lazy(async () => {
  const { DrawnMap } = await import("./drawn-map.tsx");
  return { default: DrawnMap };
});

/** So many are drawn; filters and search narrow a larger network down. */
const most = 1000;
/** Connections come and go without an event. */
const everyMs = 10_000;

/** The stations that the filters leave, where they stand. */
export function StationMap({ filters }: { readonly filters: readonly string[] }): ReactNode {
  const t = useText();
  const { search } = useAddress();
  const query = Object.fromEntries(["search", ...filters].map((name) => [name, search[name]]));
  const asked = useAnswer("getChargingStations", { query: { ...query, limit: most } }, { everyMs });
  return (
    <Asked of={asked}>
      {({ items, next }) => {
        const places = placesOf(items);
        const without = items.length - places.length;
        return (
          <Card withBorder padding={0}>
            <Suspense fallback={<Skeleton height={520} />}>
              <Drawn places={places} />
            </Suspense>
            <Text size="xs" c="dimmed" px="sm" py={6} role="status">
              {t("map.shown", { count: places.length })}
              {without > 0 && `, ${t("map.without", { count: without })}`}
              {next !== undefined && `, ${t("map.more", { count: most })}`}
            </Text>
          </Card>
        );
      }}
    </Asked>
  );
}
