import { Card, Group, Skeleton, Text } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useAnswer } from "../../../api/use-answer.ts";
import { useAddress } from "../../../app/use-address.ts";
import { Asked } from "../../../parts/asked.tsx";
import { Age } from "../../../parts/moment.tsx";
import { PageLink } from "../../../parts/page-link.tsx";
import { useText } from "../../../strings/language.ts";
import type { Edges } from "./places.ts";
import classes from "./station-map.module.css";
import { usePlaces } from "./use-places.ts";

/** The map's library is no part of the shell. */
const Drawn = lazy(async () => {
  const { DrawnMap } = await import("./drawn-map.tsx");
  return { default: DrawnMap };
});

/** The stations that the filters leave, where they stand. */
export function StationMap({ filters }: { readonly filters: readonly string[] }): ReactNode {
  const t = useText();
  const { search } = useAddress();
  const query = Object.fromEntries(["search", ...filters].map((name) => [name, search[name]]));
  const [seen, setSeen] = useState<Edges>();
  const { first, places, furtherAt, filtered, isPart, isWhole, isMore } = usePlaces(query, seen);
  const settings = useAnswer("getConsole", {});
  return (
    <Asked of={first}>
      {() => (
        <Card withBorder padding={0} className={classes.frame}>
          {settings.isPending ? (
            <Skeleton height={520} />
          ) : (
            <Suspense fallback={<Skeleton height={520} />}>
              <Drawn
                places={places}
                filtered={filtered}
                isWhole={isWhole}
                isMore={isMore}
                tiles={settings.data?.tiles}
                onMoved={setSeen}
              />
            </Suspense>
          )}
          <Group gap="md" px="sm" py={6}>
            <Text size="xs" c="dimmed" role="status">
              {t(isPart ? "map.shownHere" : "map.shown", { count: places.length })}
              {isMore && `, ${t("map.more")}`}
            </Text>
            {furtherAt !== undefined && (
              <Text size="xs" c="dimmed">
                {t("map.furtherAge")} <Age at={furtherAt.toISOString()} />
              </Text>
            )}
            <Elsewhere query={query} />
          </Group>
        </Card>
      )}
    </Asked>
  );
}

/** The way to those that no map can show. */
function Elsewhere({ query }: { readonly query: Record<string, string | undefined> }): ReactNode {
  const t = useText();
  const without = useAnswer("getChargingStations", {
    query: { ...query, located: false, limit: 1 },
  });
  if ((without.data?.items.length ?? 0) === 0) return null;
  const given = Object.entries(query).filter(
    (one): one is [string, string] => one[1] !== undefined,
  );
  return (
    <Text size="xs">
      <PageLink page="stations" search={{ ...Object.fromEntries(given), located: "false" }}>
        {t("map.without")}
      </PageLink>
    </Text>
  );
}
