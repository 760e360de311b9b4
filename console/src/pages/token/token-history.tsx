import { Card, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/asked.tsx";
import { Moment } from "../../parts/moment.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { useText } from "../../strings/language.ts";
import type { Token } from "../tokens/token-columns.tsx";
import { TokenWord } from "../tokens/token-words.tsx";
import { type Decision, decisionsIn } from "./decisions.ts";

const columns: readonly PlainColumn<Decision>[] = [
  { id: "at", title: "tokens.decidedAt", cell: ({ at }) => <Moment at={at} /> },
  { id: "what", title: "tokens.decided", cell: (decision) => <What decision={decision} /> },
  { id: "by", title: "tokens.decidedBy", phone: "hidden", cell: ({ by }) => by },
];

/** What was decided about a token, the latest first. */
export function TokenHistory({ token }: { readonly token: Token }): ReactNode {
  const t = useText();
  const uid = token.identifyingToken ?? "";
  const asked = useAnswer(
    "getTokensByUidEvents",
    { params: { uid }, query: { limit: 1000 } },
    { enabled: uid !== "" },
  );
  return (
    <Card withBorder padding="sm" h="100%">
      <Title order={2} mb="xs">
        {t("tokens.history")}
      </Title>
      <Asked of={asked}>
        {({ items }) => (
          <PlainTable
            label={t("tokens.history")}
            columns={columns}
            rows={decisionsIn(items)}
            keyOf={({ version }) => String(version)}
            none={t("list.none")}
          />
        )}
      </Asked>
    </Card>
  );
}

function What({ decision: { set } }: { readonly decision: Decision }): ReactNode {
  const t = useText();
  if (set === undefined) {
    return (
      <Text span size="sm">
        {t("tokens.forgotten")}
      </Text>
    );
  }
  const { status, groupToken, expiresAt, concurrency } = set;
  return (
    <Group gap="sm" component="span">
      <TokenWord status={status} />
      {groupToken !== undefined && (
        <Text span size="xs" c="dimmed">
          {t("tokens.ofGroup", { group: groupToken })}
        </Text>
      )}
      {expiresAt !== undefined && (
        <Text span size="xs" c="dimmed">
          {t("tokens.until")} <Moment at={expiresAt} />
        </Text>
      )}
      {concurrency !== undefined && (
        <Text span size="xs" c="dimmed">
          {t("tokens.atOnce", { count: concurrency })}
        </Text>
      )}
    </Group>
  );
}
