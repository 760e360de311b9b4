import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { isTextKey, useText } from "../strings/language.ts";
import type { Translate } from "../strings/translate.ts";
import { Consequence } from "./consequence.tsx";
import { nameOf } from "./request-progress.tsx";
import { useAllowed } from "./use-allowed.ts";

interface Props extends ButtonProps {
  readonly stationId: string;
  /** The API's name, with its kind where it has several: `RequestReset.hard`. */
  readonly permission: string;
  readonly onGo: () => void;
  /** Sessions that run there: it is asked once, and told what it may cost. */
  readonly sessionsAtRisk?: number | undefined;
  readonly children?: ReactNode;
}

/** A button that is enabled by the word of the API, and says why it is not. */
export function StationAction(props: Props): ReactNode {
  const { stationId, permission, onGo, sessionsAtRisk, children, ...button } = props;
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const found = useAllowed(stationId).find((one) => one.permission === permission);
  const label = children ?? nameOf(permission.split(".")[0] ?? permission);
  const reason =
    found?.allowed === false ? reasonOf({ code: found.code, reason: found.reason }, t) : "";
  return (
    <>
      <Tooltip label={reason} disabled={reason === ""}>
        <Button
          variant="default"
          {...button}
          // Still reachable by keyboard: whoever cannot do it shall learn why.
          {...(found?.allowed === true ? {} : { "data-disabled": true })}
          aria-disabled={found?.allowed !== true}
          aria-description={reason === "" ? undefined : reason}
          onClick={() => {
            if (found?.allowed !== true) return;
            if (sessionsAtRisk === undefined) onGo();
            else setAsking(true);
          }}
        >
          {label}
        </Button>
      </Tooltip>
      {isAsking && (
        <Consequence
          action={nameOf(permission.split(".")[0] ?? permission)}
          sessions={sessionsAtRisk ?? 0}
          onClose={() => setAsking(false)}
          onGo={onGo}
        />
      )}
    </>
  );
}

/** Why something is not allowed, in the viewer's words, with the code of the API. */
export function reasonOf(
  { code, reason }: { readonly code: string | undefined; readonly reason: string | undefined },
  t: Translate,
): string {
  if (code === undefined) return reason ?? "";
  const known = `problem.${code}`;
  return `${isTextKey(known) ? t(known as "problem.NotPermitted") : (reason ?? "")} (${code})`;
}
