import { Group, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

/** The head of every page: its name, what is to be known of it at a glance, what can be done. */
export function PageHead({
  title,
  facts,
  actions,
}: {
  readonly title: string;
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  useEffect(() => {
    document.title = `${title} · Motown`;
  }, [title]);
  return (
    <Group component="header" mb="sm" gap="sm" wrap="wrap">
      <Title order={1}>{title}</Title>
      {facts}
      {actions !== undefined && (
        <Group ml="auto" gap="xs">
          {actions}
        </Group>
      )}
    </Group>
  );
}
