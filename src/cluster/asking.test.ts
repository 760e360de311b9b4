import { expect, it } from "vitest";
import { type NodeAnswerer, NodeSilent } from "#bus";
import type { Limits } from "#limits";
import { testEnvironment } from "#support/environment";
import { Asking, type AskingMessage } from "./asking.ts";

const never: NodeAnswerer = {
  connections: () => new Promise(() => {}),
  disconnect: () => new Promise(() => {}),
};
const question = { station: "cp-1", reason: "" };

function asking(limits: Partial<Limits> = {}) {
  const environment = testEnvironment(limits);
  const sent: { readonly to: string; readonly message: AskingMessage }[] = [];
  const send = (to: string, message: AskingMessage) => void sent.push({ to, message });
  return { ...environment, sent, one: new Asking({ ...environment, node: "one", send }) };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

it("fails a question at once that nobody hears, and no other", async () => {
  const { one, sent, clock } = asking();
  const [first, second] = [1, 2].map(() => one.ask("two", "disconnect", question));
  one.unheard(1, "nobody listens");
  one.unheard(77, "nobody listens");
  await expect(first).rejects.toThrow("node two did not answer: nobody listens");
  await expect(first).rejects.toBeInstanceOf(NodeSilent);
  one.take({ answerTo: 2, answer: true });
  expect(await second).toBe(true);
  expect(sent).toHaveLength(2);
  expect(clock.waiting).toBe(0);
});

it("answers only so many questions at a time", async () => {
  const { one, sent } = asking({ nodeQuestionsMax: 2 });
  one.answer(never);
  for (let id = 1; id <= 3; id += 1) one.take({ ask: "disconnect", id, from: "two", question });
  await settle();
  expect(sent).toEqual([
    {
      to: "two",
      message: { answerTo: 3, failure: "Error: too many questions wait for its answers" },
    },
  ]);
});

it("says of a question that it does not know it", async () => {
  const { one, sent } = asking();
  one.answer(never);
  const later = { ask: "weather", id: 1, from: "two", question: {} } as unknown as AskingMessage;
  one.take(later);
  await settle();
  expect(sent[0]?.message).toMatchObject({ failure: expect.stringContaining("weather") });
});
