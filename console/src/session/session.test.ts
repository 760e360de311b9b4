import { QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { call } from "../api/call.ts";
import { answers } from "../api/use-answer.ts";
import "./session.ts";

afterEach(() => {
  answers.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What a page shows that is left after a while, and whether it is still known an hour later. */
async function hourLater(whileShown: () => Promise<unknown>): Promise<unknown> {
  vi.useFakeTimers();
  const queryKey = ["getOverview", {}];
  answers.setQueryData(queryKey, "figures");
  const leave = new QueryObserver(answers, { queryKey }).subscribe(() => {});
  await whileShown();
  leave();
  vi.advanceTimersByTime(3_600_000);
  return answers.getQueryData(queryKey);
}

it("keeps what is shown when a session ends by itself, for whoever comes back late", async () => {
  answers.setQueryData(["getSession", {}], { signedIn: true, user: "ada" });
  const refusal = JSON.stringify({ code: "SessionEnded", title: "", status: 401 });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(refusal, { status: 401 })));
  expect(await hourLater(() => call("getUsers", {}).catch(() => {}))).toBe("figures");
});

it("keeps nothing else for so long", async () => {
  expect(await hourLater(() => Promise.resolve())).toBeUndefined();
});
