import { Group, Loader, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import type { Item } from "../api/call.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Icon } from "../parts/icon.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { useText } from "../strings/language.ts";
import { ocppCall } from "./ocpp-call/call-body.ts";
import { OutcomeLines } from "./outcome-lines.tsx";

type Request = Item<"getRequests">;

/** How a request goes, until its named outcome is there; live. */
export function RequestProgress(given: {
  readonly stationId: string;
  readonly requestId: string;
  readonly type: string;
  /** The station has agreed: nothing is left to be done about it. */
  readonly onAccepted?: () => void;
}): ReactNode {
  const { stationId, requestId, type, onAccepted } = given;
  const params = { stationId, requestId };
  const asked = useAnswer("getChargingStationsByStationIdRequestsByRequestId", { params });
  const isAccepted = asked.data?.outcome === "accepted";
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is told once
  useEffect(() => {
    if (isAccepted) onAccepted?.();
  }, [isAccepted]);
  if (asked.isError) return <ProblemNotice error={asked.error} />;
  return (
    <RequestLine request={asked.data as Request | undefined} type={type} station={stationId} />
  );
}

function RequestLine({
  request,
  type,
  station,
}: {
  readonly request: Request | undefined;
  readonly type: string;
  readonly station: string;
}): ReactNode {
  const t = useText();
  // A call that somebody wrote out is known by its action.
  const action = type === ocppCall ? request?.parameters.action : undefined;
  const about = { type: typeof action === "string" ? action : nameOf(type), station };
  if (request?.state === "done") return <Outcome request={request} about={about} />;
  const words =
    request === undefined
      ? t("requests.sending", about)
      : request.state === "queued"
        ? t("requests.queued", about)
        : t("requests.sent", about);
  return (
    <Group gap="xs" wrap="nowrap">
      <Loader size={14} />
      <Text size="sm">{words}</Text>
    </Group>
  );
}

function Outcome({
  request,
  about,
}: {
  readonly request: Request;
  readonly about: { readonly type: string; readonly station: string };
}): ReactNode {
  const t = useText();
  const { outcome = "failed" } = request;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start" data-outcome={outcome}>
      <Icon name={outcome === "accepted" ? "check" : "alert"} />
      <Stack gap={0}>
        <Text size="sm">{t("requests.done", { ...about, outcome: t(`outcome.${outcome}`) })}</Text>
        <OutcomeLines request={request} />
      </Stack>
    </Group>
  );
}

/** `RequestUnlockEvse` as people say it: `Unlock EVSE`. The names are the API's own. */
export function nameOf(type: string): string {
  const words = type.replace(/^Request(?=[A-Z])/, "").replace(/([a-z])(?=[A-Z])/g, "$1 ");
  const [first = "", ...rest] = words.split(" ");
  const small = rest.map((word) => (word === "Evse" ? "EVSE" : word.toLowerCase()));
  return [first, ...small].join(" ").replace(/\bocpp\b/i, "OCPP");
}
