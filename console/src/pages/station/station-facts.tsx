import type { ReactNode } from "react";
import type { Answer } from "../../api/call.ts";
import { Facts } from "../../parts/facts.tsx";
import { Age, Moment } from "../../parts/moment.tsx";
import { useText } from "../../strings/language.ts";

/** Who the station is, and how it is connected. */
export function StationFacts({
  station,
}: {
  readonly station: Answer<"getChargingStationsByStationId">;
}): ReactNode {
  const t = useText();
  const { connection, vendor, model } = station;
  const at = (instant: string | undefined) => instant && <Moment at={instant} />;
  const type = [vendor, model].filter((part) => part !== undefined).join(" ");
  return (
    <Facts
      title={t("station.identity")}
      facts={[
        { title: "stations.model", value: type },
        { title: "station.serialNumber", value: station.serialNumber },
        { title: "stations.firmware", value: station.firmwareVersion },
        { title: "stations.protocol", value: connection.protocol ?? station.protocol },
        { title: "station.address", value: connection.address },
        {
          title: "station.connectedSince",
          value: connection.connected && at(connection.connectedAt),
        },
        {
          title: "stations.lastSeen",
          value: connection.lastSeenAt && <Age at={connection.lastSeenAt} />,
        },
        { title: "station.lastBoot", value: at(station.lastBootAt) },
        { title: "station.availability", value: t(`station.${station.availability}`) },
        { title: "station.accepted", value: at(station.acceptedAt) },
        { title: "stations.created", value: at(station.createdAt) },
      ]}
    />
  );
}
