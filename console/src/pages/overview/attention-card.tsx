import { Badge, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../api/call.ts";
import { Icon } from "../../parts/icon.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { useText } from "../../strings/language.ts";
import { concernsOfPeople } from "./attention.ts";

/** What needs a person, each a way to the list of it. */
export function Attention({ overview }: { readonly overview: Answer<"getOverview"> }): ReactNode {
  const t = useText();
  const { attention } = overview;
  const present = concernsOfPeople.filter(({ count }) => (attention[count] ?? 0) > 0);
  return (
    <Card withBorder padding="sm" h="100%">
      <Title order={2} mb="xs">
        {t("overview.attention")}
      </Title>
      {present.length === 0 && (
        <Group gap="xs" c="dimmed">
          <Icon name="check" />
          <Text size="sm">{t("overview.calm")}</Text>
        </Group>
      )}
      <Stack gap={6}>
        {present.map(({ count, words, color, page, search }) => {
          const many = attention[count] ?? 0;
          const text = t(words as "overview.waiting", { count: many });
          return (
            <Group key={count} gap="xs" wrap="nowrap" data-attention={count}>
              <Badge color={color} variant="light" miw={40} size="md">
                {many}
              </Badge>
              <Text size="sm">
                {page === undefined ? (
                  text
                ) : (
                  <PageLink
                    page={page}
                    {...(search === undefined ? {} : { search: search(overview) })}
                  >
                    {text}
                  </PageLink>
                )}
              </Text>
            </Group>
          );
        })}
      </Stack>
    </Card>
  );
}
