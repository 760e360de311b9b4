import { Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Item } from "../../../api/call.ts";
import { Dialog } from "../../../parts/dialogs/dialog.tsx";
import { RequestForm } from "../../../requests/request-form.tsx";
import { StationAction } from "../../../requests/station-action.tsx";
import { useStationRequest } from "../../../requests/use-station-request.ts";
import { useText } from "../../../strings/language.ts";

/** What is asked most of one EVSE; the rest is in the menu of all requests. */
export function EvseActions({
  stationId,
  evseId,
  session,
}: {
  readonly stationId: string;
  readonly evseId: number;
  /** The session that runs there. */
  readonly session: Item<"getChargingStationsByStationIdTransactions"> | undefined;
}): ReactNode {
  const t = useText();
  const [isStarting, setStarting] = useState(false);
  const ask = useStationRequest(stationId);
  const unlock = useStationRequest(stationId);
  return (
    <Group gap="xs" ml="auto">
      {session === undefined ? (
        <StationAction
          stationId={stationId}
          says={{ type: "RequestStartTransaction" }}
          onGo={() => setStarting(true)}
        >
          {t("station.start")}
        </StationAction>
      ) : (
        <StationAction
          stationId={stationId}
          says={{ type: "RequestStopTransaction" }}
          sessionsAtRisk={1}
          loading={ask.isPending}
          onGo={() =>
            ask.mutate({
              type: "RequestStopTransaction",
              transactionId: session.transactionId,
            })
          }
        >
          {t("station.stop")}
        </StationAction>
      )}
      <StationAction
        stationId={stationId}
        says={{ type: "RequestUnlockEvse" }}
        {...(session === undefined ? {} : { sessionsAtRisk: 1 })}
        loading={unlock.isPending}
        onGo={() => unlock.mutate({ type: "RequestUnlockEvse", evseId })}
      >
        {t("station.unlock")}
      </StationAction>
      {isStarting && (
        <Dialog onClose={() => setStarting(false)} title={t("station.start")}>
          <RequestForm
            stationId={stationId}
            type="RequestStartTransaction"
            given={{ evseId }}
            onSent={() => setStarting(false)}
          />
        </Dialog>
      )}
    </Group>
  );
}
