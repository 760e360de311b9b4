import { Alert, List, SimpleGrid, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/asked.tsx";
import { Sure } from "../../parts/dialogs/sure.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Age, Moment } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { Word } from "../../parts/word.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useLanguage, useText } from "../../strings/language.ts";
import { FiguresCard } from "./figures-card.tsx";

type Cluster = Answer<"getCluster">;

/** No event tells how the engines are. */
const everyMs = 2_000;

/** Whether Motown itself is well. */
export function HealthPage(): ReactNode {
  const t = useText();
  const asked = useAnswer("getCluster", {}, { everyMs });
  return (
    <>
      <PageHead
        title={t("health.title")}
        facts={
          asked.data && (
            <Word color={asked.data.ok ? "green" : "red"}>
              {t(asked.data.ok ? "health.well" : "health.ill")}
            </Word>
          )
        }
        actions={<Rebuild />}
      />
      <Asked of={asked}>
        {(cluster) => (
          <Stack gap="sm">
            <Problems problems={cluster.problems} />
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm">
              <ProgramCard cluster={cluster} />
              <StoreCard cluster={cluster} />
              <ViewsCard cluster={cluster} />
              <CarrierCard cluster={cluster} />
            </SimpleGrid>
            <FiguresCard />
          </Stack>
        )}
      </Asked>
    </>
  );
}

/** What is wrong, in the server's words, the worst first. */
export function Problems({ problems }: { readonly problems: readonly string[] }): ReactNode {
  const t = useText();
  if (problems.length === 0) return null;
  return (
    <Alert color="red" icon={<Icon name="alert" />} title={t("health.wrong")} p="sm">
      <List size="sm">
        {problems.map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

interface Of {
  readonly cluster: Cluster;
}

function ProgramCard({ cluster }: Of): ReactNode {
  const t = useText();
  const own = cluster.nodes.find(({ node }) => node === cluster.node);
  const live = cluster.nodes.filter((node) => node.live).length;
  return (
    <Facts
      title={t("health.program")}
      facts={[
        { title: "health.version", value: own?.release },
        { title: "health.node", value: cluster.node },
        { title: "health.startedAt", value: own && <Moment at={own.startedAt} /> },
        { title: "health.looked", value: <Age at={cluster.at} /> },
        {
          title: "health.nodes",
          value: <PageLink page="cluster">{t("health.nodesLive", { count: live })}</PageLink>,
        },
      ]}
    />
  );
}

function StoreCard({ cluster: { engines, head } }: Of): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { store } = engines;
  return (
    <Facts
      title={t("health.store")}
      facts={[
        { title: "health.state", value: <Wellness {...store} /> },
        { title: "health.kind", value: store.kind },
        { title: "health.events", value: head?.toLocaleString(language) },
      ]}
    />
  );
}

function ViewsCard({ cluster: { engines } }: Of): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { views } = engines;
  const seconds = views.lagSeconds?.toLocaleString(language, { maximumFractionDigits: 1 });
  return (
    <Facts
      title={t("health.views")}
      facts={[
        { title: "health.state", value: <Wellness {...views} /> },
        { title: "health.position", value: views.position?.toLocaleString(language) },
        { title: "health.lag", value: views.lag?.toLocaleString(language) },
        { title: "health.lagSeconds", value: seconds && `${seconds} s` },
      ]}
    />
  );
}

/** What carries messages between the nodes. */
export function CarrierCard({ cluster: { engines } }: Of): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { messages } = engines;
  const number = (count: number | undefined) => count?.toLocaleString(language);
  return (
    <Facts
      title={t("health.carrier")}
      facts={[
        { title: "health.state", value: <Wellness {...messages} /> },
        { title: "health.kind", value: messages.kind },
        { title: "health.sent", value: number(messages.sent) },
        { title: "health.received", value: number(messages.received) },
        { title: "health.lost", value: number(messages.lost) },
        { title: "health.reconnects", value: number(messages.reconnects) },
      ]}
    />
  );
}

function Wellness(engine: {
  readonly ok: boolean;
  readonly reason?: string | undefined;
}): ReactNode {
  const t = useText();
  return (
    <>
      <Word color={engine.ok ? "green" : "red"}>{t(engine.ok ? "health.well" : "health.ill")}</Word>
      {engine.reason !== undefined && <Text size="xs">{engine.reason}</Text>}
    </>
  );
}

const mayRebuild = { operation: "postViewsRebuild" } as const;

function Rebuild(): ReactNode {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const rebuild = useAct("postViewsRebuild", {
    done: ({ events }) => t("health.rebuilt", { count: events }),
  });
  return (
    <>
      <ActButton
        may={mayRebuild}
        variant="default"
        loading={rebuild.isPending}
        onGo={() => setAsking(true)}
      >
        {t("health.rebuild")}
      </ActButton>
      {isAsking && (
        <Sure
          title={t("health.rebuildSure")}
          consequence={t("health.rebuildMeans")}
          action={t("health.rebuild")}
          may={mayRebuild}
          mild
          onClose={() => setAsking(false)}
          onGo={() => {
            setAsking(false);
            rebuild.mutate({});
          }}
        />
      )}
    </>
  );
}
