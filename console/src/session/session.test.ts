import { QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { call } from "../api/call.ts";
import { answers } from "../api/use-answer.ts";
import { fetchSession } from "./session.ts";

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

const answer = (status: number, body: object) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status })));

async function sessionEnds(): Promise<void> {
  answers.setQueryData(["getSession", {}], { signedIn: true, user: "ada" });
  answer(401, { code: "SessionEnded", title: "", status: 401 });
  await call("getUsers", {}).catch(() => {});
}

it("keeps what is shown when a session ends by itself, for whoever comes back late", async () => {
  expect(await hourLater(sessionEnds)).toBe("figures");
});

it("forgets it like anything else when somebody is signed in again", async () => {
  const whileShown = async () => {
    await sessionEnds();
    answer(200, { signedIn: true, user: "ada", csrf: "" });
    await fetchSession();
  };
  expect(await hourLater(whileShown)).toBeUndefined();
});

it("keeps nothing else for so long", async () => {
  expect(await hourLater(() => Promise.resolve())).toBeUndefined();
});
