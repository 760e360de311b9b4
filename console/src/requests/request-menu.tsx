import { Button, Menu, Modal, Tooltip } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useText } from "../strings/language.ts";
import { sessionsAtRisk } from "./at-risk.ts";
import { ocppCall } from "./ocpp-call/call-body.ts";
import { RequestForm } from "./request-form.tsx";
import { nameOf } from "./request-progress.tsx";
import { reasonOf } from "./station-action.tsx";
import { type Allowed, useAllowed } from "./use-allowed.ts";

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
  const requests = byType(useAllowed(stationId).filter(({ to }) => to === "requests"));
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button>{t("station.ask")}</Button>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflow: "auto" }}>
          {requests.map((request) => (
            <RequestItem key={request.type} request={request} onChoose={setType} />
          ))}
        </Menu.Dropdown>
      </Menu>
      {type !== undefined && (
        <Modal
          opened
          {...(type === ocppCall ? { size: "min(1100px, 100%)" } : {})}
          onClose={() => setType(undefined)}
          title={nameOf(type)}
          closeButtonProps={{ "aria-label": t("shell.close") }}
        >
          <RequestForm
            stationId={stationId}
            type={type}
            atRisk={sessionsAtRisk(type, running)}
            onSent={() => setType(undefined)}
          />
        </Modal>
      )}
    </>
  );
}

/** A request is offered where any of its kinds is allowed (`RequestReset.soft`). */
export function byType(allowed: readonly Allowed[]): readonly Allowed[] {
  const found = new Map<string, Allowed>();
  for (const one of allowed) {
    if (one.allowed || !found.has(one.type)) found.set(one.type, one);
  }
  return [...found.values()];
}

function RequestItem({
  request,
  onChoose,
}: {
  readonly request: Allowed;
  readonly onChoose: (type: string) => void;
}): ReactNode {
  const t = useText();
  const { type, allowed, code, reason } = request;
  const why = allowed ? "" : reasonOf({ code, reason }, t);
  return (
    <Tooltip label={why} disabled={why === ""} position="left">
      <Menu.Item
        {...(allowed ? {} : { "data-disabled": true, closeMenuOnClick: false })}
        aria-disabled={!allowed}
        {...(why === "" ? {} : { "aria-description": why })}
        data-request={type}
        onClick={() => {
          if (allowed) onChoose(type);
        }}
      >
        {nameOf(type)}
      </Menu.Item>
    </Tooltip>
  );
}
