import { Group, Loader, Text, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Item } from "../../../api/call.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { actorText } from "../../../parts/actor.ts";
import { Asked } from "../../../parts/asked.tsx";
import { Age } from "../../../parts/moment.tsx";
import { Word } from "../../../parts/word.tsx";
import { nameOf } from "../../../requests/request-progress.tsx";
import { useText } from "../../../strings/language.ts";
import classes from "./requests.module.css";

type Request = Item<"getChargingStationsByStationIdRequests">;

/** What the station was asked last, each up to its named outcome; live. */
export function AskedRequests({ stationId }: { readonly stationId: string }): ReactNode {
  const t = useText();
  const asked = useAnswer("getChargingStationsByStationIdRequests", {
    ...{ params: { stationId }, query: { order: "-requestedAt", limit: 50 } },
  });
  return (
    <Asked of={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm" c="dimmed" p="sm">
            {t("station.nothingAsked")}
          </Text>
        ) : (
          items.map((request) => <RequestRow key={request.requestId} request={request} />)
        )
      }
    </Asked>
  );
}

function RequestRow({ request }: { readonly request: Request }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { type, requestedAt, requestedBy, parameters, result, followUp, lateAnswer } = request;
  const known = { parameters, result, followUp, lateAnswer };
  return (
    <div className={classes.asked} data-asked={type}>
      <UnstyledButton w="100%" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {nameOf(type)}
          </Text>
          <Progress request={request} />
          <Text size="xs" c="dimmed" ml="auto">
            {actorText(requestedBy)} · <Age at={requestedAt} />
          </Text>
        </Group>
      </UnstyledButton>
      {isOpen && <pre>{JSON.stringify(known, null, 2)}</pre>}
    </div>
  );
}

/** Where it stands: on its way, or how it ended. */
function Progress({
  request: { state, outcome, status },
}: {
  readonly request: Request;
}): ReactNode {
  const t = useText();
  if (state !== "done" || outcome === undefined) {
    return (
      <Group gap={6}>
        <Loader size={12} />
        <Text size="xs">{t(state === "queued" ? "station.queued" : "station.sent")}</Text>
      </Group>
    );
  }
  return (
    <Group gap={6} data-outcome={outcome}>
      <Word color={outcome === "accepted" ? "green" : "red"}>{t(`outcome.${outcome}`)}</Word>
      {status !== undefined && (
        <Text size="xs" c="dimmed">
          {status}
        </Text>
      )}
    </Group>
  );
}
