import type { MantineColor } from "@mantine/core";
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/asked.tsx";
import { Sure } from "../../parts/dialogs/sure.tsx";
import { Age, Moment } from "../../parts/moment.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { PartitionLink, readable } from "../../parts/station-link.tsx";
import { Word } from "../../parts/word.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";

type Installed = Item<"getInstalledAddOns">;
type Parked = Item<"getAddOns">;

const colours: Readonly<Record<Installed["state"], MantineColor>> = {
  upToDate: "green",
  behind: "cyan",
  parked: "red",
  notRunning: "orange",
};

/** How far they are is told by no event. */
const everyMs = 5_000;
/** So many parked events are shown; who has more has one cause, not many. */
const parkedMax = 200;

/** The add-ons of this house: how they get on, and what they could not handle. */
export function AddOnsPage(): ReactNode {
  const t = useText();
  const installed = useAnswer("getInstalledAddOns", {}, { everyMs });
  const parked = useAnswer("getAddOns", { query: { order: "-parkedAt", limit: parkedMax } });
  return (
    <>
      <PageHead title={t("addOns.title")} />
      <Stack gap="sm">
        <Card withBorder padding="sm">
          <Title order={2} mb="xs">
            {t("addOns.parkedTitle")}
          </Title>
          <Text size="xs" c="dimmed" mb="xs">
            {t("addOns.parkedMeans")}
          </Text>
          <Asked of={parked}>
            {({ items }) => (
              <PlainTable
                label={t("addOns.parkedTitle")}
                columns={parkedColumns}
                rows={items}
                keyOf={({ addOn, partition, cursor }) => `${addOn} ${partition} ${cursor}`}
                none={t("addOns.noneParked")}
              />
            )}
          </Asked>
        </Card>
        <Card withBorder padding="sm">
          <Title order={2} mb="xs">
            {t("addOns.installed")}
          </Title>
          <Asked of={installed}>
            {({ items }) => (
              <PlainTable
                label={t("addOns.installed")}
                columns={columns}
                rows={items}
                keyOf={({ addOn }) => addOn}
                none={t("list.none")}
              />
            )}
          </Asked>
        </Card>
      </Stack>
    </>
  );
}

const columns: readonly PlainColumn<Installed>[] = [
  { id: "addOn", title: "addOns.addOn", cell: ({ addOn }) => <b>{addOn}</b> },
  { id: "state", title: "addOns.state", cell: (row) => <StateCell row={row} /> },
  { id: "node", title: "addOns.node", phone: "hidden", cell: ({ node }) => node ?? "" },
  {
    id: "reacts",
    title: "addOns.reactsTo",
    phone: "hidden",
    cell: ({ reactsTo, answers }) => <Names names={[...reactsTo, ...answers]} />,
  },
  {
    id: "commands",
    title: "addOns.maySend",
    phone: "hidden",
    cell: ({ grants }) => <Names names={grants.commands} />,
  },
];

function StateCell({ row }: { readonly row: Installed }): ReactNode {
  const t = useText();
  const { state, parked, waitingSince } = row;
  return (
    <Stack gap={0} align="flex-start">
      <Word color={colours[state]}>{t(`addOns.state.${state}`, { count: parked })}</Word>
      {waitingSince !== undefined && (
        <Text size="xs" c="dimmed">
          {t("addOns.waitingSince")} <Age at={waitingSince} />
        </Text>
      )}
    </Stack>
  );
}

/** Many names in few words; all of them for who opens it. */
function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  const t = useText();
  if (names.length === 0) return <Text size="xs">{t("addOns.nothing")}</Text>;
  if (names.length <= 2) return <Text size="xs">{names.join(", ")}</Text>;
  return (
    <details>
      <summary>
        <Text span size="xs">
          {t("addOns.names", { first: names[0] ?? "", count: names.length - 1 })}
        </Text>
      </summary>
      <Text size="xs">{names.join(", ")}</Text>
    </details>
  );
}

const parkedColumns: readonly PlainColumn<Parked>[] = [
  { id: "addOn", title: "addOns.addOn", cell: (row) => <Whose row={row} /> },
  { id: "event", title: "addOns.event", phone: "hidden", cell: ({ eventType }) => eventType },
  { id: "why", title: "addOns.why", cell: (row) => <Why row={row} /> },
  { id: "judge", title: "addOns.doIt", align: "right", cell: (row) => <Judge row={row} /> },
];

/** The add-on, and what it waits with: of a station, the way to it. */
function Whose({ row: { addOn, partition } }: { readonly row: Parked }): ReactNode {
  return (
    <Stack gap={0} align="flex-start">
      <b>{addOn}</b>
      {/* Ids of common length stay whole; longer ones may break. */}
      <Text size="xs" miw="15ch">
        <PartitionLink partition={partition} />
      </Text>
    </Stack>
  );
}

function Why({ row }: { readonly row: Parked }): ReactNode {
  const t = useText();
  return (
    <Stack gap={0}>
      <Text size="xs" ff="monospace" lineClamp={4} title={row.error}>
        {row.error}
      </Text>
      <Text size="xs" c="dimmed">
        {t("addOns.attempts", { count: row.attempts })} · <Moment at={row.parkedAt} />
      </Text>
    </Stack>
  );
}

const maySkip = { operation: "postAddOnsByAddOnSkips" } as const;

/** What a person may say of it: try again, or leave it out for ever. */
function Judge({ row }: { readonly row: Parked }): ReactNode {
  const t = useText();
  const { addOn, partition, cursor, eventType } = row;
  const [isSure, sure] = useDisclosure();
  const release = useAct("postAddOnsByAddOnReleases", { done: t("addOns.released", { addOn }) });
  const skip = useAct("postAddOnsByAddOnSkips", { done: t("addOns.skipped", { addOn }) });
  const asked = { params: { addOn }, body: { partition, cursor } };
  return (
    <Group gap={4} justify="flex-end">
      <ActButton
        may={{ operation: "postAddOnsByAddOnReleases" }}
        variant="default"
        size="compact-xs"
        loading={release.isPending}
        onGo={() => release.mutate(asked)}
      >
        {t("addOns.release")}
      </ActButton>
      <ActButton may={maySkip} variant="default" size="compact-xs" onGo={sure.open}>
        {t("addOns.skip")}
      </ActButton>
      {isSure && (
        <Sure
          title={t("addOns.skipSure", { event: eventType })}
          consequence={t("addOns.skipMeans", { addOn, station: readable(partition) })}
          action={t("addOns.skip")}
          may={maySkip}
          isBusy={skip.isPending}
          onGo={() => skip.mutate(asked, { onSettled: sure.close })}
          onClose={sure.close}
        />
      )}
    </Group>
  );
}
