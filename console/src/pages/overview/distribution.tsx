import { Card, Group, type MantineColor, Progress, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { PageLink, type Target } from "../../parts/page-link.tsx";
import { countText } from "../../parts/quantity.ts";
import { cssColour } from "../../parts/word.tsx";
import { useLanguage } from "../../strings/language.ts";
import classes from "./distribution.module.css";

/** How many there are of each kind: a bar, and the kinds with their counts. */
export function Distribution<Kind extends string>(props: {
  readonly title: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Kinds in the order in which they are shown. */
  readonly colours: Readonly<Record<Kind, MantineColor>>;
  readonly word: (kind: Kind) => string;
  readonly target?: (kind: Kind) => Target<"stations">;
}): ReactNode {
  const { title, counts, colours, word, target } = props;
  const language = useLanguage();
  const kinds = (Object.keys(colours) as Kind[]).filter((kind) => (counts[kind] ?? 0) > 0);
  const all = kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  return (
    <Card withBorder padding="sm" h="100%">
      <Title order={2} mb="xs">
        {title}
      </Title>
      <Progress.Root size={8} mb="xs" aria-hidden>
        {kinds.map((kind) => (
          <Progress.Section
            key={kind}
            value={(100 * (counts[kind] ?? 0)) / all}
            color={colours[kind]}
            withAria={false}
          />
        ))}
      </Progress.Root>
      <Stack gap={0}>
        {kinds.map((kind) => (
          <Group key={kind} gap="xs" justify="space-between" mih={24} data-kind={kind}>
            <Group gap={6}>
              <span className={classes.dot} style={{ background: cssColour(colours[kind]) }} />
              <Text size="sm">
                {target === undefined ? (
                  word(kind)
                ) : (
                  <PageLink {...target(kind)}>{word(kind)}</PageLink>
                )}
              </Text>
            </Group>
            <Text size="sm" fw={600}>
              {countText(counts[kind] ?? 0, language)}
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
