import { QueryCache, QueryClient, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type Answer, type Asked, call, type Look } from "./call.ts";
import { Refused, refusalOf } from "./problem.ts";

/** All that the console has been answered, while it is looked at. */
export const answers = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (refusalOf(error).code !== "SessionEnded" || query.state.data === undefined) return;
      // The door says so. What is behind it stays as it was: somebody may have written there.
      query.setState({ status: "success", error: null });
    },
  }),
  defaultOptions: {
    // A browser's "offline" is no reason to wait, and to send long after what was pressed: the
    // server may be on this very machine, and who presses is told at once.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      // The live stream says what is old; see live/concerns.ts.
      staleTime: 30_000,
      gcTime: 300_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => isPassing(error) && failures < 3,
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5_000),
    },
  },
});

/** Whether the same again may go well: the server was away, or busy. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Refused)) return false;
  const { refusal } = error;
  return refusal.code === "Unreachable" || ("status" in refusal && refusal.status === 503);
}

/** Whether it may be well again after a while. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Refused)) return false;
  const { refusal } = error;
  return "status" in refusal ? refusal.status >= 500 : true;
}

/** The key under which an answer is kept: the live stream finds it by its operation. */
export type AnswerKey = readonly [operation: Look, asked: object];

interface Options {
  /** Asks again after so long, for what no event tells of. */
  readonly everyMs?: number;
  /** Asks again so long after it failed, where that may pass by itself. */
  readonly againMs?: number;
  /** Asks nothing yet. */
  readonly enabled?: boolean;
}

/** The answer of an operation, kept up to date while it is shown. */
export function useAnswer<O extends Look>(
  operation: O,
  asked: Asked<O>,
  { everyMs, againMs, enabled = true }: Options = {},
): UseQueryResult<Answer<O>> {
  return useQuery({
    queryKey: [operation, asked] satisfies AnswerKey,
    queryFn: ({ signal }) => call(operation, asked, { signal }),
    placeholderData: (before, asking) => (isOfSame(asking?.queryKey, asked) ? before : undefined),
    refetchInterval: ({ state: { error } }) =>
      everyMs ?? (againMs !== undefined && mayPass(error) ? againMs : false),
    enabled,
  }) as UseQueryResult<Answer<O>>;
}

/**
 * Whether an answer is of the same thing, asked otherwise: it may stand until the new one is there.
 * One station's facts must never be seen under another one's name.
 */
function isOfSame(before: readonly unknown[] | undefined, asked: object): boolean {
  const params = (one: unknown) =>
    JSON.stringify((one as { params?: unknown } | undefined)?.params);
  return before !== undefined && params(before[1]) === params(asked);
}
