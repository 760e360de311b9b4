import type { ReactNode } from "react";
import type { Answer } from "../../../api/call.ts";
import { Facts } from "../../../parts/facts.tsx";
import { Moment } from "../../../parts/moment.tsx";
import { PageLink } from "../../../parts/page-link.tsx";
import { useText } from "../../../strings/language.ts";

/** Who the station is. */
export function StationFacts({
  station,
}: {
  readonly station: Answer<"getChargingStationsByStationId">;
}): ReactNode {
  const t = useText();
  const { vendor, model } = station;
  const at = (instant: string | undefined) => instant && <Moment at={instant} />;
  const type = [vendor, model].filter((part) => part !== undefined).join(" ");
  return (
    <Facts
      title={t("station.identity")}
      facts={[
        { title: "stations.model", value: type },
        { title: "station.serialNumber", value: station.serialNumber },
        { title: "stations.firmware", value: station.firmwareVersion },
        { title: "station.lastBoot", value: at(station.lastBootAt) },
        { title: "station.availability", value: t(`station.availability.${station.availability}`) },
        { title: "station.accepted", value: at(station.acceptedAt) },
        { title: "stations.created", value: at(station.createdAt) },
        {
          title: "sessions.title",
          value: (
            <PageLink page="sessions" search={{ stationId: station.stationId }}>
              {t("sessions.all")}
            </PageLink>
          ),
        },
        {
          title: "reservations.title",
          value: (
            <PageLink page="reservations" search={{ stationId: station.stationId }}>
              {t("reservations.all")}
            </PageLink>
          ),
        },
      ]}
    />
  );
}
