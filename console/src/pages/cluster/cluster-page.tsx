import { Card, SimpleGrid, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/asked.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Moment } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { Word } from "../../parts/word.tsx";
import { useLanguage, useText } from "../../strings/language.ts";
import { CarrierCard, Problems } from "../health/health-page.tsx";

type Cluster = Answer<"getCluster">;
type Node = Cluster["nodes"][number];
type Lease = Cluster["leases"][number];

/** Nodes come and go without an event. */
const everyMs = 2_000;

/** The nodes that serve together, and who does what of which one does a part at a time. */
export function ClusterPage(): ReactNode {
  const t = useText();
  const asked = useAnswer("getCluster", {}, { everyMs });
  return (
    <>
      <PageHead
        title={t("health.cluster")}
        facts={
          asked.data && (
            <Word color={asked.data.ok ? "green" : "red"}>
              {t(asked.data.ok ? "health.well" : "health.ill")}
            </Word>
          )
        }
      />
      <Asked of={asked}>
        {(cluster) => (
          <Stack gap="sm">
            <Problems problems={cluster.problems} />
            <Card withBorder padding="sm">
              <Title order={2} mb="xs">
                {t("health.nodes")}
              </Title>
              <PlainTable
                label={t("health.nodes")}
                columns={nodeColumns}
                rows={cluster.nodes}
                keyOf={({ node }) => node}
                none={t("list.none")}
              />
            </Card>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
              <CarrierCard cluster={cluster} />
              <Sum cluster={cluster} />
            </SimpleGrid>
            <Card withBorder padding="sm">
              <Title order={2} mb="xs">
                {t("health.leases")}
              </Title>
              <PlainTable
                label={t("health.leases")}
                columns={leaseColumns}
                rows={cluster.leases}
                keyOf={({ name }) => name}
                none={t("health.noLeases")}
              />
            </Card>
          </Stack>
        )}
      </Asked>
    </>
  );
}

function Sum({ cluster }: { readonly cluster: Cluster }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { nodes, strandedStations, head, engines } = cluster;
  const sockets = nodes.reduce((sum, node) => sum + (node.live ? (node.sockets ?? 0) : 0), 0);
  return (
    <Facts
      title={t("health.together")}
      facts={[
        { title: "health.sockets", value: sockets.toLocaleString(language) },
        { title: "health.stranded", value: strandedStations?.toLocaleString(language) },
        { title: "health.events", value: head?.toLocaleString(language) },
        { title: "health.lag", value: engines.views.lag?.toLocaleString(language) },
        { title: "health.answeredBy", value: cluster.node },
      ]}
    />
  );
}

const nodeColumns: readonly PlainColumn<Node>[] = [
  { id: "node", title: "health.node", cell: ({ node }) => <b>{node}</b> },
  { id: "state", title: "health.state", cell: (node) => <NodeState node={node} /> },
  {
    id: "sockets",
    title: "health.sockets",
    align: "right",
    cell: ({ sockets }) => sockets ?? "",
  },
  { id: "roles", title: "health.roles", phone: "hidden", cell: ({ roles }) => roles.join(", ") },
  { id: "release", title: "health.version", phone: "hidden", cell: ({ release }) => release },
  {
    id: "startedAt",
    title: "health.startedAt",
    phone: "hidden",
    cell: ({ startedAt }) => <Moment at={startedAt} />,
  },
  { id: "url", title: "health.url", phone: "hidden", cell: ({ url }) => url ?? "" },
];

function NodeState({ node: { live, draining } }: { readonly node: Node }): ReactNode {
  const t = useText();
  if (!live) return <Word color="red">{t("health.gone")}</Word>;
  if (draining) return <Word color="yellow">{t("health.draining")}</Word>;
  return <Word color="green">{t("health.serving")}</Word>;
}

const leaseColumns: readonly PlainColumn<Lease>[] = [
  { id: "name", title: "health.work", cell: ({ name }) => <b>{name}</b> },
  { id: "node", title: "health.node", cell: ({ node }) => node },
  { id: "live", title: "health.state", cell: ({ live }) => <LeaseState live={live} /> },
  {
    id: "since",
    title: "health.since",
    phone: "hidden",
    cell: ({ since }) => since && <Moment at={since} />,
  },
  {
    id: "until",
    title: "health.until",
    phone: "hidden",
    cell: ({ until }) => <Moment at={until} />,
  },
  {
    id: "epoch",
    title: "health.epoch",
    align: "right",
    phone: "hidden",
    cell: ({ epoch }) => epoch,
  },
];

function LeaseState({ live }: Pick<Lease, "live">): ReactNode {
  const t = useText();
  return <Word color={live ? "green" : "orange"}>{t(live ? "health.held" : "health.over")}</Word>;
}
