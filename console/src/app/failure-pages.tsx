import { Button, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { refusalOf } from "../api/problem.ts";
import { liveness } from "../live/follow.ts";
import { PageLink } from "../parts/page-link.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { useStore } from "../store.ts";
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

/** In place of a page that has failed: a bug of ours, or code that did not come. */
export function BrokenPage({ error }: { readonly error: unknown }): ReactNode {
  const t = useText();
  const isMissing = refusalOf(error).code === "Unreachable";
  const isStale = useStore(liveness).state === "stale";
  useReloadWhenBack(isMissing, isStale);
  return (
    <Stack gap="sm" p="md" align="flex-start">
      <Title order={1}>{t(isMissing ? "shell.notLoaded" : "shell.broken")}</Title>
      <ProblemNotice error={error} />
      {/* Without a server there would be no console any more, not even this page. */}
      {!isStale && <Button onClick={() => location.reload()}>{t("shell.reload")}</Button>}
    </Stack>
  );
}

/**
 * A page whose code did not come is loaded as soon as the connection is back; whole, since the
 * server may have come back with another release.
 */
function useReloadWhenBack(isMissing: boolean, isStale: boolean): void {
  const wasStale = useRef(isStale);
  useEffect(() => {
    if (isMissing && wasStale.current && !isStale) location.reload();
    wasStale.current ||= isStale;
  }, [isMissing, isStale]);
}
