import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { nameOf } from "../../../requests/request-progress.tsx";
import { type Doing, useMay } from "../../../rights/use-may.ts";
import { useRequests } from "../../../rights/use-requests.ts";
import classes from "./requests.module.css";

/** Every request that the API offers for the station; what may not be now says why. */
export function RequestCatalogue({
  stationId,
  onChoose,
}: {
  readonly stationId: string;
  readonly onChoose: (type: string) => void;
}): ReactNode {
  const { doings, why } = useRequests(stationId);
  if (why !== "") {
    return (
      <Text size="sm" c="dimmed" p="sm" role="status">
        {why}
      </Text>
    );
  }
  return doings.map(({ type, ...may }) => (
    <Offered key={type} type={type} may={may} onChoose={onChoose} />
  ));
}

function Offered(given: {
  readonly type: string;
  readonly may: Doing;
  readonly onChoose: (type: string) => void;
}): ReactNode {
  const { type, may, onChoose } = given;
  const { allowed, why } = useMay(may);
  return (
    <button
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
}
