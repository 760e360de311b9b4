import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Word } from "../parts/word.tsx";
import { useText } from "../strings/language.ts";
import type { Rights } from "./permission-picker.tsx";

/** What somebody may do, in few words. */
export function RightsWords({ administrator, permissions }: Rights): ReactNode {
  const t = useText();
  if (administrator) return <Word color="cyan">{t("access.administrator")}</Word>;
  const [first] = permissions;
  if (first === undefined) {
    return (
      <Text span size="xs" c="dimmed">
        {t("access.looksOnly")}
      </Text>
    );
  }
  return (
    <span title={permissions.join(", ")}>
      {permissions.length === 1
        ? first
        : t("access.several", { first, count: permissions.length - 1 })}
    </span>
  );
}
