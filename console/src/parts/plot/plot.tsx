import { Skeleton } from "@mantine/core";
import { type ComponentProps, lazy, type ReactNode, Suspense } from "react";
import { legendHeight } from "./window.ts";

/** The plot's library is no part of the shell. */
const Loaded = lazy(async () => {
  const { TimePlot } = await import("./time-plot.tsx");
  return { default: TimePlot };
});

/** Lines over time. */
export function Plot(props: ComponentProps<typeof Loaded>): ReactNode {
  return (
    <Suspense fallback={<Skeleton height={(props.height ?? 160) + legendHeight} />}>
      <Loaded {...props} />
    </Suspense>
  );
}
