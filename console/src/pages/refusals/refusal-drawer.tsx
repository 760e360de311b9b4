import { Code, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { actorText } from "../../parts/actor.ts";
import { type Fact, Facts } from "../../parts/facts.tsx";
import { SideDrawer } from "../../parts/list/side-drawer.tsx";
import { Moment } from "../../parts/moment.tsx";
import { StreamLink } from "../../parts/station-link.tsx";
import { useText } from "../../strings/language.ts";

/** A wish that was refused. */
export type Refusal = Item<"getRefusals">;

/** One refusal, whole: in a row its reason has too little room. */
export function RefusalDrawer({
  refusal,
  onClose,
}: {
  readonly refusal: Refusal;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const { command, stream, actor, at } = refusal;
  const facts: readonly Fact[] = [
    { title: "health.about", value: <StreamLink stream={stream} /> },
    { title: "health.why", value: <WholeReason refusal={refusal} /> },
    { title: "health.actor", value: actorText(actor) },
    { title: "health.at", value: <Moment at={at} /> },
  ];
  return (
    <SideDrawer onClose={onClose} title={t("health.refusal")}>
      <Facts title={command} facts={facts} />
    </SideDrawer>
  );
}

/** Why, as far as it fits into a row. */
export function RefusedBecause({ refusal }: { readonly refusal: Refusal }): ReactNode {
  const { code, detail } = refusal;
  const words = useWordsOf(code);
  return (
    <span title={[words, detail].filter(Boolean).join("\n")}>
      {words === undefined ? code : `${words} · ${code}`}
    </span>
  );
}

function WholeReason({ refusal: { code, detail } }: { readonly refusal: Refusal }): ReactNode {
  const words = useWordsOf(code);
  return (
    <Stack gap={4} align="flex-start">
      {words !== undefined && <Text size="sm">{words}</Text>}
      {detail !== undefined && <Text size="sm">{detail}</Text>}
      <Code>{code}</Code>
    </Stack>
  );
}

/** What a code means; undefined for one that a newer server has. */
function useWordsOf(code: string): string | undefined {
  return useText()(`problem.${code}` as "problem.NotPermitted");
}
