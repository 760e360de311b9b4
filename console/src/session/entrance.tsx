import { Card, Center, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../parts/icon.tsx";

/** The card in the middle of an empty page, by which one comes in. */
export function Entrance({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Center component="main" mih="100%" p="md">
      <Stack w="100%" maw={380} gap="lg">
        <Group justify="center" gap="xs">
          <Icon name="brand" size={28} />
          <Text fw={650} fz={22}>
            Motown
          </Text>
        </Group>
        <Card withBorder padding="lg">
          <Stack gap="md">
            <Title order={1}>{title}</Title>
            {children}
          </Stack>
        </Card>
      </Stack>
    </Center>
  );
}
