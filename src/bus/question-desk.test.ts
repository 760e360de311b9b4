import { describe, expect, it, vi } from "vitest";
import { limitsWith } from "#limits";
import { testEnvironment } from "#support/environment";
import { StoreUnavailable } from "./ports/event-store.ts";
import { createQuestions } from "./question-desk.ts";
import type { AuthorizeToken } from "./questions.ts";

const limits = limitsWith();

const question: AuthorizeToken = {
  ...{ question: "AuthorizeToken", purpose: "authorize" },
  ...{ station: "cp01", tokenRef: "ref", at: "2026-05-04T10:00:00.000Z" },
};

const accepted = { status: "accepted", provider: "own" } as const;
const nobody = { status: "invalid", provider: "none" };

function desk() {
  const environment = testEnvironment();
  const questions = createQuestions({ ...environment, limits });
  const ask = () => questions.ask(question).catch((error: unknown) => error);
  return { ...environment, questions, ask };
}

function never(): Promise<never> {
  return new Promise(() => {});
}

async function settled(): Promise<void> {
  await new Promise((done) => setImmediate(done));
}

describe("a question", () => {
  it("has no answer where the store cannot be asked, whoever else would answer", async () => {
    const { questions, ask, clock } = desk();
    const other = vi.fn(async () => accepted);
    questions.answer("AuthorizeToken", "away", async () => {
      throw new StoreUnavailable("connection lost");
    });
    questions.answer("AuthorizeToken", "own", other);
    expect(await ask()).toBeInstanceOf(StoreUnavailable);
    expect(other).not.toHaveBeenCalled();
    expect(clock.waiting).toBe(0);
  });

  it("has no answer where its time ends while something is read", async () => {
    const { questions, ask, clock } = desk();
    questions.answer("AuthorizeToken", "reads", (_question, { read }) => read(never()));
    const asked = ask();
    await settled();
    clock.advance(limits.authorizeTimeoutMs);
    expect(await asked).toBeInstanceOf(StoreUnavailable);
  });

  it("is answered by nobody where its time ends while an add-on is silent", async () => {
    const { questions, ask, clock } = desk();
    questions.answer("AuthorizeToken", "silent", async (_question, { read }) => {
      await read(Promise.resolve());
      await read(Promise.reject(new Error("no such row"))).catch(() => undefined);
      return never();
    });
    const asked = ask();
    await settled();
    clock.advance(limits.authorizeTimeoutMs);
    expect(await asked).toEqual(nobody);
  });

  it("says to who answers it that its time is over", async () => {
    const { questions, ask, clock } = desk();
    const seen: boolean[] = [];
    questions.answer("AuthorizeToken", "slow", async (_question, asking) => {
      seen.push(asking.isOver);
      clock.after(2 * limits.authorizeTimeoutMs, () => seen.push(asking.isOver));
      return never();
    });
    const asked = ask();
    await settled();
    clock.advance(2 * limits.authorizeTimeoutMs);
    await asked;
    expect(seen).toEqual([false, true]);
  });
});
