import { Code, Group, Loader, Text } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { refusalText } from "../../../api/refusal-text.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useText } from "../../../strings/language.ts";
import type { Difference } from "./drafts.ts";
import type { Note, Sent } from "./editing.ts";

/** A setting as it is and as it would be. */
export function DifferenceLine({
  difference: { key, before, after },
  children,
}: {
  readonly difference: Difference;
  readonly children?: ReactNode;
}): ReactNode {
  const t = useText();
  return (
    <Group gap="xs" data-difference={key}>
      <Text size="sm" fw={550}>
        {key}
      </Text>
      <Code color="var(--motown-row)">{before ?? "–"}</Code>
      <Text size="sm" role="img" aria-label={t("configuration.becomes")}>
        →
      </Text>
      <Code color="var(--motown-row)" fw={600}>
        {after === "" ? "–" : after}
      </Code>
      {children}
    </Group>
  );
}

/** How far a change is on its way, or why it was refused. */
export function NoteLine(given: {
  readonly stationId: string;
  readonly note: Note;
  readonly onSettled: (sent: Sent) => void;
}): ReactNode {
  const { note } = given;
  const t = useText();
  switch (note.kind) {
    case "waits":
      return <Passing>{t("configuration.waits")}</Passing>;
    case "asking":
      return (
        <Passing>
          <Loader size={12} mr={6} />
          {t("configuration.asking")}
        </Passing>
      );
    case "pending":
      return <Pending {...given} requestId={note.requestId} />;
    case "refused":
      return <Why>{refusalText(note.refusal, t)}</Why>;
    case "unmet": {
      const said = note.status === undefined ? "" : ` (${note.status})`;
      return <Why>{`${t(`outcome.${note.outcome}`)}${said}`}</Why>;
    }
  }
}

function Passing({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Text size="xs" c="dimmed" role="status">
      {children}
    </Text>
  );
}

function Why({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Text size="xs" c="red" role="alert" data-refused>
      {children}
    </Text>
  );
}

/** Follows a request that took longer than anybody waits, to its named outcome. */
function Pending(given: {
  readonly stationId: string;
  readonly requestId: string;
  readonly onSettled: (sent: Sent) => void;
}): ReactNode {
  const { stationId, requestId, onSettled } = given;
  const t = useText();
  const params = { stationId, requestId };
  const { data } = useAnswer("getChargingStationsByStationIdRequestsByRequestId", { params });
  useEffect(() => {
    if (data?.requestId === requestId && data.state === "done") onSettled(data);
  });
  return <Passing>{t(data?.state === "sent" ? "station.sent" : "station.queued")}</Passing>;
}
