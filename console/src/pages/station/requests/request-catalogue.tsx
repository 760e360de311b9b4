import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { byType } from "../../../requests/request-menu.tsx";
import { nameOf } from "../../../requests/request-progress.tsx";
import { reasonOf } from "../../../requests/station-action.tsx";
import { useAllowed } from "../../../requests/use-allowed.ts";
import { useText } from "../../../strings/language.ts";
import classes from "./requests.module.css";

/** Every request that the API offers for the station; what may not be now says why. */
export function RequestCatalogue({
  stationId,
  onChoose,
}: {
  readonly stationId: string;
  readonly onChoose: (type: string) => void;
}): ReactNode {
  const t = useText();
  const requests = byType(useAllowed(stationId).filter(({ to }) => to === "requests"));
  return requests.map(({ type, allowed, code, reason }) => {
    const why = allowed ? "" : reasonOf({ code, reason }, t);
    return (
      <button
        key={type}
        type="button"
        className={classes.request}
        aria-disabled={!allowed}
        data-request={type}
        onClick={() => {
          if (allowed) onChoose(type);
        }}
      >
        <span>{nameOf(type)}</span>
        {why !== "" && (
          <Text size="xs" c="dimmed">
            {why}
          </Text>
        )}
      </button>
    );
  });
}
