import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../../api/call.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { Facts } from "../../../parts/facts.tsx";
import { Age, Moment } from "../../../parts/moment.tsx";
import { Word } from "../../../parts/word.tsx";
import { useText } from "../../../strings/language.ts";
import { type Skew, skewIn } from "./clock-skew.ts";

/** So many seconds are no reason for a colour. */
const harmlessSeconds = 30;

/** How a station is connected: protocol, address, since when, when it was last seen, its clock. */
export function ConnectionCard({
  station,
}: {
  readonly station: Answer<"getChargingStationsByStationId">;
}): ReactNode {
  const t = useText();
  const { connection, stationId } = station;
  const events = useAnswer("getChargingStationsByStationIdEvents", {
    ...{ params: { stationId }, query: { limit: 50 } },
  });
  const { items = [] } = events.data ?? {};
  const [skew, looked] = [skewIn(items), items.length];
  const { connected, connectedAt, disconnectedAt, lastSeenAt } = connection;
  return (
    <Facts
      title={t("stations.connection")}
      facts={[
        { title: "stations.protocol", value: connection.protocol ?? station.protocol },
        { title: "station.address", value: connection.address },
        {
          title: "station.connectedSince",
          value: connected ? <Moment at={connectedAt} /> : undefined,
        },
        {
          title: "station.disconnected",
          value:
            connected || disconnectedAt === undefined ? undefined : <Moment at={disconnectedAt} />,
        },
        { title: "stations.lastSeen", value: lastSeenAt && <Age at={lastSeenAt} /> },
        {
          title: "station.clock",
          value: looked === 0 ? undefined : <Clock skew={skew} looked={looked} />,
        },
      ]}
    />
  );
}

/** By how much it is wrong, and by what that is known: a station tells the time now and then. */
function Clock(given: { readonly skew: Skew | undefined; readonly looked: number }): ReactNode {
  const { skew, looked: count } = given;
  const t = useText();
  if (skew === undefined) return t("station.clockUntold", { count });
  return (
    <>
      <SkewWord skew={skew} />{" "}
      <Text span size="xs" c="dimmed">
        {t("station.clockBy", { count })} <Age at={skew.at} />
      </Text>
    </>
  );
}

function SkewWord({ skew: { seconds } }: { readonly skew: Skew }): ReactNode {
  const t = useText();
  if (seconds === 0) return t("station.clockRight");
  const count = Math.abs(seconds);
  const words = t(seconds > 0 ? "station.clockAhead" : "station.clockBehind", { count });
  return count > harmlessSeconds ? <Word color="orange">{words}</Word> : words;
}
