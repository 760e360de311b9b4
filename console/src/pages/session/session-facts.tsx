import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { SessionLink, StopCause, TokenLink } from "../../charging/session-words.tsx";
import { CopyText } from "../../parts/copy-text.tsx";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { Age, Moment } from "../../parts/moment.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { StationLink } from "../../parts/station-link.tsx";
import { useLanguage, useText } from "../../strings/language.ts";
import type { ShownSession } from "./session-page.tsx";

interface Of {
  readonly session: ShownSession;
}

/** Where somebody charges or has charged, and who. */
export function WhoAndWhere({ session }: Of): ReactNode {
  const t = useText();
  const { stationId, transactionId, tokenRef, groupTokenRef, reservationId } = session;
  const { authorization, repeatOf } = session;
  const number = session.transactionNumber ?? session.wireTransactionNumber;
  const facts: readonly (Fact | undefined)[] = [
    { title: "stations.station", value: <StationLink stationId={stationId} /> },
    { title: "sessions.evse", value: session.evseId },
    { title: "sessions.connector", value: session.connectorId },
    tokenRef === undefined
      ? { title: "sessions.token", value: t("sessions.noToken") }
      : {
          title: "sessions.token",
          value: <TokenLink tokenRef={tokenRef} value={session.identifyingToken} />,
        },
    groupTokenRef === undefined
      ? undefined
      : {
          title: "sessions.group",
          value: <TokenLink tokenRef={groupTokenRef} value={session.groupToken} />,
        },
    authorization && {
      title: "sessions.authorization",
      value: t("sessions.by", {
        word: t(`sessions.token.${authorization.status}`),
        by: authorization.provider,
      }),
    },
    reservationId === undefined
      ? undefined
      : {
          title: "sessions.reservation",
          value: (
            <PageLink page="reservations" search={{ reservationId }}>
              {t("sessions.reservationKept")}
            </PageLink>
          ),
        },
    repeatOf === undefined
      ? undefined
      : {
          title: "sessions.repeatOf",
          value: <SessionLink transactionId={repeatOf}>{repeatOf}</SessionLink>,
        },
    { title: "sessions.number", value: number },
    { title: "sessions.id", value: <Id value={transactionId} /> },
  ];
  return (
    <Facts
      title={t("sessions.whoAndWhere")}
      facts={facts.filter((fact): fact is Fact => fact !== undefined)}
    />
  );
}

/** How it began and how it ended, in the station's own words where they differ. */
export function BeginAndEnd({ session }: Of): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { stationId, startedAt, stoppedAt, stopReason, lastSampleAt } = session;
  const { startRequestId, stopRequestId, stopTokenRef, tokenRef } = session;
  const request = (requestId: string) => (
    <PageLink page="request" params={{ stationId, requestId }}>
      {t("sessions.byRequest")}
    </PageLink>
  );
  const meter = (wattHours: number | undefined) =>
    wattHours === undefined ? undefined : `${wattHours.toLocaleString(language)} Wh`;
  const facts: readonly Fact[] = [
    { title: "sessions.started", value: <Moment at={startedAt} /> },
    { title: "sessions.stationStarted", value: session.stationStartedAt },
    { title: "sessions.startRequest", value: startRequestId && request(startRequestId) },
    { title: "sessions.meterStart", value: meter(session.meterStartWh) },
    { title: "sessions.lastSample", value: lastSampleAt && <Age at={lastSampleAt} /> },
    { title: "sessions.stopped", value: stoppedAt && <Moment at={stoppedAt} /> },
    { title: "sessions.stationStopped", value: session.stationStoppedAt },
    { title: "sessions.stopReason", value: stopReason && <StopCause reason={stopReason} /> },
    {
      title: "sessions.stopToken",
      value:
        stopTokenRef === undefined || stopTokenRef === tokenRef ? undefined : (
          <TokenLink tokenRef={stopTokenRef} value={t("sessions.anotherToken")} />
        ),
    },
    { title: "sessions.stopRequest", value: stopRequestId && request(stopRequestId) },
    { title: "sessions.meterStop", value: meter(session.meterStopWh) },
  ];
  return <Facts title={t("sessions.beginAndEnd")} facts={facts} />;
}

function Id({ value }: { readonly value: string }): ReactNode {
  return (
    <Group gap={4} wrap="nowrap">
      <span>{value}</span>
      <CopyText text={value} />
    </Group>
  );
}
