import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../strings/language.ts";
import { Icon } from "./icon.tsx";

/** Copies a text to the clipboard, and says that it did. */
export function CopyIcon({ value }: { readonly value: string }): ReactNode {
  const t = useText();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => {
        const label = t(copied ? "shell.copied" : "shell.copy");
        return (
          <Tooltip label={label}>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={copy}>
              <Icon name={copied ? "check" : "copy"} size={14} />
            </ActionIcon>
          </Tooltip>
        );
      }}
    </CopyButton>
  );
}
