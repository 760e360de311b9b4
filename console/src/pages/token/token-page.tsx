import { Grid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { usePageParams } from "../../app/use-address.ts";
import { Asked } from "../../parts/asked.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Moment } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { useText } from "../../strings/language.ts";
import type { Token } from "../tokens/token-columns.tsx";
import { ExpiryWord, TokenWord } from "../tokens/token-words.tsx";
import { TokenActions } from "./token-actions.tsx";
import { TokenHistory } from "./token-history.tsx";
import { TokenSessions } from "./token-sessions.tsx";

/** One token: what it may, what was decided about it, where it was used. */
export function TokenPage(): ReactNode {
  const { tokenRef } = usePageParams("token");
  const t = useText();
  // Asked for by its reference: the address names no value.
  const found = useAnswer("getTokens", { query: { tokenRef, limit: 1 } });
  const token = found.data?.items.find((one) => one.tokenRef === tokenRef);
  return (
    <>
      <PageHead
        title={token?.identifyingToken ?? t("tokens.token")}
        facts={token && <TokenWord status={token.status} />}
        actions={token && <TokenActions token={token} />}
      />
      <Asked of={found}>
        {() => (
          <Stack gap="sm">
            {token === undefined ? (
              <Text size="sm">{t("tokens.notOurs")}</Text>
            ) : (
              <Grid gap="sm">
                <Grid.Col span={{ base: 12, md: 5 }}>
                  <TokenFacts token={token} />
                </Grid.Col>
                <Grid.Col span={{ base: 12, md: 7 }}>
                  <TokenHistory token={token} />
                </Grid.Col>
              </Grid>
            )}
            <TokenSessions tokenRef={tokenRef} />
          </Stack>
        )}
      </Asked>
    </>
  );
}

function TokenFacts({ token }: { readonly token: Token }): ReactNode {
  const t = useText();
  const { status, groupToken, groupTokenRef, expiresAt, concurrency, activeTransactions } = token;
  return (
    <Facts
      title={t("tokens.facts")}
      facts={[
        { title: "tokens.status", value: <TokenWord status={status} /> },
        {
          title: "tokens.group",
          value:
            groupTokenRef === undefined ? undefined : (
              <PageLink page="tokens" search={{ groupTokenRef }}>
                {groupToken ?? t("tokens.group")}
              </PageLink>
            ),
        },
        {
          title: "tokens.expires",
          value: expiresAt === undefined ? t("tokens.never") : <ExpiryWord at={expiresAt} />,
        },
        { title: "tokens.concurrency", value: concurrency ?? t("tokens.anyNumber") },
        { title: "tokens.running", value: activeTransactions },
        { title: "tokens.createdAt", value: <Moment at={token.createdAt} /> },
        { title: "tokens.changedAt", value: <Moment at={token.changedAt} /> },
      ]}
    />
  );
}
