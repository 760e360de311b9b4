import { Button, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { PageLink } from "../parts/page-link.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { useText } from "../strings/language.ts";

/** At an address that no page has. */
export function NotFoundPage(): ReactNode {
  const t = useText();
  return (
    <Stack gap="sm" p="md">
      <Title order={1}>{t("shell.notFound")}</Title>
      <Text>
        <PageLink page="overview">{t("shell.notFoundWay")}</PageLink>
      </Text>
    </Stack>
  );
}

/** In place of a page that has failed: a bug of ours, or a newer console than the one loaded. */
export function BrokenPage({ error }: { readonly error: unknown }): ReactNode {
  const t = useText();
  return (
    <Stack gap="sm" p="md" align="flex-start">
      <Title order={1}>{t("shell.broken")}</Title>
      <ProblemNotice error={error} />
      <Button onClick={() => location.reload()}>{t("shell.reload")}</Button>
    </Stack>
  );
}
