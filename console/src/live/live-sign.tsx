import { Alert, Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { clockTime } from "../parts/instants.ts";
import { useStore } from "../store.ts";
import { languageNow, useText } from "../strings/language.ts";
import { liveness } from "./follow.ts";

/** Whether what is shown is live, in a word; read aloud when it changes. */
export function LiveSign(): ReactNode {
  const t = useText();
  const now = useStore(liveness);
  return (
    <div role="status">
      {now.state === "live" && (
        <Badge variant="dot" color="green" size="sm" tt="none" data-liveness="live">
          {t("live.live")}
        </Badge>
      )}
      {now.state === "connecting" && (
        <Badge variant="dot" color="gray" size="sm" tt="none" data-liveness="connecting">
          {t("live.connecting")}
        </Badge>
      )}
      {now.state === "stale" && (
        <Badge variant="dot" color="orange" size="sm" tt="none" data-liveness="stale">
          {t("live.stale", { time: clockTime(now.since, languageNow()) })}
        </Badge>
      )}
    </div>
  );
}

/** Across the page, while what it shows may be old. */
export function StaleBanner(): ReactNode {
  const t = useText();
  const now = useStore(liveness);
  if (now.state !== "stale") return null;
  return (
    <Alert color="orange" mb="sm" py="xs" role="alert">
      {t("live.staleLong", { time: clockTime(now.since, languageNow()) })}
    </Alert>
  );
}
