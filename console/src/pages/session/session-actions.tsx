import { type ReactNode, useState } from "react";
import { useAct } from "../../api/use-act.ts";
import { Sure } from "../../parts/dialogs/sure.tsx";
import { StationAction } from "../../requests/station-action.tsx";
import { useStationRequest } from "../../requests/use-station-request.ts";
import { useText } from "../../strings/language.ts";
import type { ShownSession } from "./session-page.tsx";

/** What can be done with a session that goes on: the station stops it, or we take it as ended. */
export function SessionActions({ session }: { readonly session: ShownSession }): ReactNode {
  if (session.state !== "active") return null;
  return (
    <>
      <GiveUp session={session} />
      <Stop session={session} />
    </>
  );
}

function Stop({ session }: { readonly session: ShownSession }): ReactNode {
  const t = useText();
  const { stationId, transactionId } = session;
  const ask = useStationRequest(stationId);
  return (
    <StationAction
      stationId={stationId}
      says={{ type: "RequestStopTransaction" }}
      variant="filled"
      sessionsAtRisk={1}
      loading={ask.isPending}
      onGo={() => ask.mutate({ type: "RequestStopTransaction", transactionId })}
    >
      {t("station.stop")}
    </StationAction>
  );
}

const operation = "postTransactionsByTransactionIdCommands";
const says = { type: "EndTransaction" } as const;

/** For a station that is dead: it will say nothing more. */
function GiveUp({ session }: { readonly session: ShownSession }): ReactNode {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const { stationId, transactionId } = session;
  const end = useAct(operation, { done: t("sessions.givenUp") });
  return (
    <>
      <StationAction
        stationId={stationId}
        operation={operation}
        says={says}
        loading={end.isPending}
        onGo={() => setAsking(true)}
      >
        {t("sessions.giveUp")}
      </StationAction>
      {isAsking && (
        <Sure
          title={t("sessions.giveUpSure")}
          consequence={t("sessions.giveUpMeans", { station: stationId })}
          action={t("sessions.giveUp")}
          may={{ operation, says, stationId }}
          onClose={() => setAsking(false)}
          onGo={() => {
            setAsking(false);
            end.mutate({ params: { transactionId }, body: says });
          }}
        />
      )}
    </>
  );
}
