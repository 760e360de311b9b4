import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../strings/language.ts";
import { CopyText } from "../copy-text.tsx";
import classes from "./json-text.module.css";

/** A value as JSON, to be read and copied. */
export function JsonText({
  title,
  value,
}: {
  readonly title: string;
  /** A text is shown as it is. */
  readonly value: unknown;
}): ReactNode {
  const t = useText();
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <div>
      <Group gap="xs" mb={4}>
        <Text size="xs" fw={600} c="dimmed">
          {title}
        </Text>
        <CopyText text={text} label={`${t("shell.copy")}: ${title}`} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard */}
      <section className={classes.text} tabIndex={0} aria-label={title}>
        {text}
      </section>
    </div>
  );
}
