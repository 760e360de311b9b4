import { Card, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PlainPage } from "../app/pages.ts";
import { PageLink, type Target } from "./page-link.tsx";

/** A figure that is read at a glance: what it is, how much, and what it is of. */
export function FigureCard(props: {
  /** By which it is found in the page. */
  readonly name: string;
  readonly title: string;
  readonly value: ReactNode;
  readonly beside: ReactNode;
  /** Where what it is of is listed. */
  readonly target?: Target<PlainPage> | undefined;
}): ReactNode {
  const { name, title, value, beside, target } = props;
  return (
    <Card withBorder padding="sm">
      <Text size="xs" c="dimmed" fw={600}>
        {target === undefined ? title : <PageLink {...target}>{title}</PageLink>}
      </Text>
      <Text fz={{ base: 20, xs: 24 }} fw={650} lh={1.25} data-figure={name}>
        {value}
      </Text>
      <Text
        size="xs"
        c="dimmed"
        lineClamp={2}
        {...(typeof beside === "string" ? { title: beside } : {})}
      >
        {beside}
      </Text>
    </Card>
  );
}
