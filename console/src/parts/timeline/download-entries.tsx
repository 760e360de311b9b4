import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../strings/language.ts";
import { Icon } from "../icon.tsx";
import { saveText } from "../save-text.ts";
import { asJsonLines, type Entry } from "./entries.ts";

/** Takes a timeline away as a file. */
export function DownloadEntries({
  name,
  entries,
}: {
  /** Of the file, without its ending. */
  readonly name: string;
  /** What is shown. */
  readonly entries: readonly Entry[];
}): ReactNode {
  const t = useText();
  return (
    <Button
      variant="default"
      ml="auto"
      leftSection={<Icon name="download" size={14} />}
      disabled={entries.length === 0}
      onClick={() => saveText(`${name}.jsonl`, asJsonLines(entries))}
    >
      {t("timeline.download")}
    </Button>
  );
}
