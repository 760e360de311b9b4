import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useDocument } from "../../api/shapes.ts";
import { ProblemNotice } from "../problem-notice.tsx";

/** In place of a form whose shape is on its way, or did not come. */
export function ShapeAwaited({ height = 120 }: { readonly height?: number }): ReactNode {
  const { error, refetch } = useDocument();
  if (error === null) return <Skeleton height={height} />;
  return <ProblemNotice error={error} again={() => void refetch()} />;
}
