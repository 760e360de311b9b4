import { RouterProvider } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { call } from "../api/call.ts";
import { type AnswerKey, answers } from "../api/use-answer.ts";
import { firstQuestion } from "./early.ts";
import { router } from "./router.tsx";

const Toasts = lazy(async () => ({
  default: (await import("../parts/toasts/toast-stack.tsx")).Toasts,
}));

/** Brings the page of the address, and what it shows, so that it is drawn at once. */
export async function prepare(): Promise<void> {
  const asked = firstQuestion(location.pathname);
  await Promise.all([
    router.load(),
    asked &&
      answers.prefetchQuery({
        queryKey: ["getOverview", asked] satisfies AnswerKey,
        queryFn: ({ signal }) => call("getOverview", asked, { signal }),
      }),
  ]);
}

/** What is behind the door: the pages, and what is said in passing. */
export function Inside(): ReactNode {
  return (
    <>
      <RouterProvider router={router} />
      <Suspense>
        <Toasts />
      </Suspense>
    </>
  );
}
