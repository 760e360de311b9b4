import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { SessionLink, TokenLink } from "../../charging/session-words.tsx";
import { Asked } from "../../parts/asked.tsx";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { SideDrawer } from "../../parts/list/side-drawer.tsx";
import { Moment } from "../../parts/moment.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { StationLink } from "../../parts/station-link.tsx";
import { StationAction } from "../../requests/station-action.tsx";
import { useStationRequest } from "../../requests/use-station-request.ts";
import { useText } from "../../strings/language.ts";
import { EvseOf, ReservationWord } from "./reservation-words.tsx";

type Shown = Answer<"getReservationsByReservationId">;

/** One reservation: for whom, until when, what became of it; it can be cancelled while it holds. */
export function ReservationDrawer({
  reservationId,
  onClose,
}: {
  readonly reservationId: string;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const asked = useAnswer("getReservationsByReservationId", { params: { reservationId } });
  return (
    <SideDrawer onClose={onClose} title={t("reservations.one")}>
      <Asked of={asked}>{(shown) => <Shown reservation={shown} />}</Asked>
    </SideDrawer>
  );
}

function Shown({ reservation }: { readonly reservation: Shown }): ReactNode {
  const { stationId, state } = reservation;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <ReservationWord state={state} />
        {state === "active" && <Cancel reservation={reservation} />}
      </Group>
      <Details reservation={reservation} />
      <Text size="sm">
        <RequestLink reservation={reservation} stationId={stationId} />
      </Text>
    </Stack>
  );
}

function Details({ reservation }: { readonly reservation: Shown }): ReactNode {
  const t = useText();
  const { stationId, evseId, tokenRef, identifyingToken, transactionId } = reservation;
  const { expiresAt, madeAt, endedAt, reservationNumber } = reservation;
  const facts: readonly Fact[] = [
    { title: "stations.station", value: <StationLink stationId={stationId} /> },
    { title: "sessions.evse", value: <EvseOf evseId={evseId} /> },
    {
      title: "sessions.token",
      value: tokenRef && <TokenLink tokenRef={tokenRef} value={identifyingToken} />,
    },
    { title: "reservations.until", value: <Moment at={expiresAt} /> },
    { title: "reservations.made", value: <Moment at={madeAt} /> },
    { title: "reservations.endedAt", value: endedAt && <Moment at={endedAt} /> },
    {
      title: "reservations.session",
      value: transactionId && (
        <SessionLink transactionId={transactionId}>{t("reservations.usedBy")}</SessionLink>
      ),
    },
    { title: "sessions.number", value: reservationNumber },
  ];
  return <Facts title={t("reservations.details")} facts={facts} />;
}

function Cancel({ reservation }: { readonly reservation: Shown }): ReactNode {
  const t = useText();
  const { stationId, reservationId } = reservation;
  const ask = useStationRequest(stationId);
  return (
    <StationAction
      stationId={stationId}
      says={{ type: "RequestCancelReservation" }}
      loading={ask.isPending}
      onGo={() => ask.mutate({ type: "RequestCancelReservation", reservationId })}
    >
      {t("reservations.cancel")}
    </StationAction>
  );
}

/** The request that made it and what followed; of one from elsewhere, all such requests. */
function RequestLink(given: {
  readonly reservation: Shown;
  readonly stationId: string;
}): ReactNode {
  const t = useText();
  const { correlationId } = given.reservation;
  const search =
    correlationId === undefined
      ? { stationId: given.stationId, type: "RequestReserveNow" }
      : { correlationId };
  return (
    <PageLink page="requests" search={search}>
      {t("reservations.request")}
    </PageLink>
  );
}
