import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Asked } from "../../parts/asked.tsx";
import { Dialog } from "../../parts/dialogs/dialog.tsx";
import { Moment } from "../../parts/moment.tsx";
import { type PlainColumn, PlainTable } from "../../parts/plain-table.tsx";
import { StationLink } from "../../parts/station-link.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { GrantForm } from "./grant-form.tsx";

type Held = Item<"getStationPermissions">;

/** So many are shown, the latest first. */
const most = 500;

const columns: readonly PlainColumn<Held>[] = [
  {
    id: "station",
    title: "access.station",
    cell: ({ stationId }) => <StationLink stationId={stationId} />,
  },
  { id: "permission", title: "access.permission", cell: ({ permission }) => permission },
  {
    id: "since",
    title: "access.madeAt",
    phone: "hidden",
    cell: ({ grantedAt }) => <Moment at={grantedAt} />,
  },
  { id: "doIt", title: "access.doIt", align: "right", cell: (held) => <Revoke held={held} /> },
];

/** What a user may do on single stations, beside what holds for all of them. */
export function StationRights({
  user,
  onClose,
}: {
  readonly user: string;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const asked = useAnswer("getStationPermissions", { query: { user, limit: most } });
  return (
    <Dialog size="lg" onClose={onClose} title={t("access.onStations", { user })}>
      <Stack gap="md">
        <Text size="sm">{t("access.onStationsMeans")}</Text>
        <GrantForm user={user} />
        <Asked of={asked}>
          {({ items }) => (
            <PlainTable
              label={t("access.onStations", { user })}
              columns={columns}
              rows={items.filter((held) => held.user === user)}
              keyOf={({ stationId, permission }) => `${stationId} ${permission}`}
              none={t("access.noneOnStations")}
            />
          )}
        </Asked>
      </Stack>
    </Dialog>
  );
}

function Revoke({ held }: { readonly held: Held }): ReactNode {
  const t = useText();
  const { stationId, user, permission } = held;
  const operation = "postChargingStationsByStationIdCommands";
  const revoke = useAct(operation, {
    done: t("access.takenBack", { user, permission, station: stationId }),
  });
  return (
    <ActButton
      may={{ operation, says: { type: "RevokePermission" }, stationId }}
      variant="default"
      size="compact-xs"
      loading={revoke.isPending}
      aria-label={t("access.takeBackAt", { permission, station: stationId })}
      onGo={() =>
        revoke.mutate({
          params: { stationId },
          body: { type: "RevokePermission", user, permission },
        })
      }
    >
      {t("access.takeBack")}
    </ActButton>
  );
}
