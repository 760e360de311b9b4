import { Skeleton, Stack } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemNotice } from "./problem-notice.tsx";

/** Shows an answer when it is there; before that its outline, and what went wrong if it did. */
export function Asked<T>({
  of,
  children,
}: {
  readonly of: UseQueryResult<T>;
  readonly children: (answer: T) => ReactNode;
}): ReactNode {
  const { data, isError, error, refetch } = of;
  return (
    <>
      {isError && <ProblemNotice error={error} again={() => void refetch()} />}
      {data !== undefined && children(data)}
      {data === undefined && !isError && (
        <Stack gap="sm" aria-hidden>
          <Skeleton height={28} width="40%" />
          <Skeleton height={120} />
          <Skeleton height={120} />
        </Stack>
      )}
    </>
  );
}
