import { ActionIcon, Tooltip } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useText } from "../strings/language.ts";
import { Icon } from "./icon.tsx";

/** Copies a text. The browser's own way needs TLS, and a console may have none. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text);
  const { activeElement } = document;
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
}

/** Copies a text, and says that it did. */
export function CopyText(given: {
  readonly text: string | (() => string);
  /** What is copied, where that is not plain. */
  readonly label?: string;
}): ReactNode {
  const t = useText();
  const { text, label = t("shell.copy") } = given;
  const [isCopied, setCopied] = useState(false);
  const shown = isCopied ? t("shell.copied") : label;
  return (
    <Tooltip label={shown}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={shown}
        onClick={() => {
          void copyText(typeof text === "string" ? text : text()).then(() => {
            setCopied(true);
            setTimeout(() => setCopied(false), 2000);
          });
        }}
      >
        <Icon name={isCopied ? "check" : "copy"} />
      </ActionIcon>
    </Tooltip>
  );
}
