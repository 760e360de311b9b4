import { Badge, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../../parts/icon.tsx";
import { useText } from "../../strings/language.ts";
import { endingOf, type Message } from "./frame-text.ts";

/** What went over the wire, which way, and whether it was answered well. */
export function FrameWord({ message }: { readonly message: Message }): ReactNode {
  const t = useText();
  const { action, direction, deviations = [] } = message;
  const ending = endingOf(message);
  const way = t(direction === "fromStation" ? "messages.fromStation" : "messages.toStation");
  return (
    <Group gap={6} wrap="nowrap" style={{ minWidth: 0 }}>
      <span title={way} role="img" aria-label={way} style={{ display: "inline-flex" }}>
        <Icon name={direction === "fromStation" ? "arrowIn" : "arrowOut"} size={14} />
      </span>
      <Text span size="sm" fw={600} truncate>
        {action ?? t("messages.unreadable")}
      </Text>
      {ending === "error" && (
        <Badge size="xs" color="red" variant="dot" tt="none">
          {t("messages.error")}
        </Badge>
      )}
      {ending === "unanswered" && (
        <Badge size="xs" color="yellow" variant="dot" tt="none">
          {t("messages.unanswered")}
        </Badge>
      )}
      {deviations.length > 0 && (
        <Badge size="xs" color="orange" variant="dot" tt="none" title={deviations.join(", ")}>
          {t("messages.deviates")}
        </Badge>
      )}
    </Group>
  );
}
