import type { ButtonProps } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Act } from "../api/use-act.ts";
import { ActButton } from "../rights/act-button.tsx";
import type { Says } from "../rights/verdict.ts";
import { Consequence } from "./consequence.tsx";
import { nameOf } from "./request-progress.tsx";

interface Props extends ButtonProps {
  readonly stationId: string;
  /** What its request will say, as far as it is known. */
  readonly says: Says & { readonly type: string };
  /** Where it is sent, if it is no request to the station. */
  readonly operation?: Act;
  readonly onGo: () => void;
  /** Sessions that run there: it is asked once, and told what it may cost. */
  readonly sessionsAtRisk?: number | undefined;
  readonly children?: ReactNode;
}

const toStation = "postChargingStationsByStationIdRequests";

/** A button for what is done with a station, which asks once where that may end a session. */
export function StationAction(props: Props): ReactNode {
  const { stationId, says, operation = toStation, ...rest } = props;
  const { onGo, sessionsAtRisk, children, ...button } = rest;
  const [isAsking, setAsking] = useState(false);
  const name = nameOf(says.type);
  const label = children ?? name;
  return (
    <>
      <ActButton
        variant="default"
        {...button}
        may={{ operation, says, stationId }}
        onGo={() => {
          if (sessionsAtRisk === undefined) onGo();
          else setAsking(true);
        }}
      >
        {label}
      </ActButton>
      {isAsking && (
        <Consequence
          action={typeof label === "string" ? label : name}
          sessions={sessionsAtRisk ?? 0}
          onClose={() => setAsking(false)}
          onGo={onGo}
        />
      )}
    </>
  );
}
