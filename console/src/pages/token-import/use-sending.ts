import { useEffect, useRef, useState } from "react";
import type { TokenRow } from "./rows.ts";
import { type Progress, sendRows } from "./sending.ts";

/** A table on its way, for as long as the page is looked at. */
export function useSending() {
  const [progress, setProgress] = useState<Progress>();
  const [isBusy, setBusy] = useState(false);
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);
  return {
    progress,
    isBusy,
    start: (rows: readonly TokenRow[]) => {
      const stop = new AbortController();
      underWay.current = stop;
      setProgress({ all: rows.length, taken: 0, notTaken: [] });
      setBusy(true);
      void sendRows(rows, { signal: stop.signal, onProgress: setProgress }).finally(() =>
        setBusy(false),
      );
    },
    stop: () => underWay.current?.abort(),
    forget: () => {
      underWay.current?.abort();
      setProgress(undefined);
    },
  };
}
