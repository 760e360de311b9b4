import { RouterProvider } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { call, onRepeated } from "../api/call.ts";
import { type AnswerKey, answers } from "../api/use-answer.ts";
import { showToast } from "../parts/toasts/toasts.ts";
import { textNow } from "../strings/language.ts";
import { firstQuestion } from "./early.ts";
import { router } from "./router.tsx";

const Toasts = lazy(async () => ({
  default: (await import("../parts/toasts/toast-stack.tsx")).Toasts,
}));

onRepeated(() => showToast({ kind: "done", text: textNow()("shell.repeated") }));

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
  useEffect(() => {
    // Whoever was at the door meanwhile may have gone back from there.
    const { latestLocation, history } = router;
    if (latestLocation.href !== history.location.href) void router.load();
  }, []);
  return (
    <>
      <RouterProvider router={router} />
      <Suspense>
        <Toasts />
      </Suspense>
    </>
  );
}
