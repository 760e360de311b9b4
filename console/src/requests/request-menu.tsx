import { Button, Menu, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Dialog } from "../parts/dialogs/dialog.tsx";
import { ActItem } from "../rights/act-button.tsx";
import { useRequests } from "../rights/use-requests.ts";
import { useText } from "../strings/language.ts";
import { sessionsAtRisk } from "./at-risk.ts";
import { ocppCall } from "./ocpp-call/call-body.ts";
import { RequestForm } from "./request-form.tsx";
import { nameOf } from "./request-progress.tsx";

/** Everything that a station can be asked, by the API's own list: what may not be now says why. */
export function RequestMenu({
  stationId,
  running,
}: {
  readonly stationId: string;
  /** Sessions that run there. */
  readonly running: number;
}): ReactNode {
  const t = useText();
  const [type, setType] = useState<string>();
  const { doings, why } = useRequests(stationId);
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button>{t("station.ask")}</Button>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflow: "auto" }}>
          {why !== "" && (
            <Text size="xs" c="dimmed" p="xs" role="status">
              {why}
            </Text>
          )}
          {doings.map(({ type: name, ...may }) => (
            <ActItem key={name} may={may} data-request={name} onGo={() => setType(name)}>
              {nameOf(name)}
            </ActItem>
          ))}
        </Menu.Dropdown>
      </Menu>
      {type !== undefined && (
        <Dialog
          {...(type === ocppCall ? { size: "min(1100px, 100%)" } : {})}
          onClose={() => setType(undefined)}
          title={nameOf(type)}
        >
          <RequestForm
            stationId={stationId}
            type={type}
            atRisk={sessionsAtRisk(type, running)}
            onSent={() => setType(undefined)}
          />
        </Dialog>
      )}
    </>
  );
}
