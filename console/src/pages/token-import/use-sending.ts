import { useEffect, useRef, useState } from "react";
import type { TokenRow } from "./rows.ts";
import { begun, type Progress, sendRows } from "./sending.ts";

/** A table on its way, for as long as the page is looked at. */
export function useSending() {
  const [progress, setProgress] = useState<Progress>();
  const [isBusy, setBusy] = useState(false);
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);
  const start = (rows: readonly TokenRow[], before?: Progress) => {
    const stop = new AbortController();
    underWay.current = stop;
    // What was forgotten meanwhile stays forgotten.
    const onProgress = (next: Progress) => underWay.current === stop && setProgress(next);
    setProgress(begun(rows, before));
    setBusy(true);
    void sendRows(rows, { signal: stop.signal, onProgress, before }).finally(() => setBusy(false));
  };
  return {
    progress,
    isBusy,
    start: (rows: readonly TokenRow[]) => start(rows),
    goOn: () => start(progress?.rest ?? [], progress),
    stop: () => underWay.current?.abort(),
    forget: () => {
      underWay.current?.abort();
      underWay.current = undefined;
      setProgress(undefined);
    },
  };
}
