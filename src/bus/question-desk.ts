import type { Limits } from "#limits";
import type { Clock, Log } from "./ports/environment.ts";
import type { AnswerOf, Question, QuestionName, Questions } from "./questions.ts";

type Answerer = (question: Question) => Promise<AnswerOf[QuestionName] | undefined>;

/** What is answered when nobody does, or not in time. */
const nobody: AnswerOf = {
  AuthorizeToken: { status: "invalid", provider: "none" },
  IncomingDataTransfer: { status: "unknownVendorId", provider: "none" },
};

/** Asks the answerers of a question in their order; the first answer counts. */
export function createQuestions(parts: {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}): Questions {
  const { clock, limits, log } = parts;
  const desks = new Map<QuestionName, { provider: string; answerer: Answerer }[]>();

  async function firstAnswer(question: Question): Promise<AnswerOf[QuestionName]> {
    for (const { provider, answerer } of desks.get(question.question) ?? []) {
      try {
        const answer = await answerer(question);
        if (answer !== undefined) return answer;
      } catch (error) {
        log.error("An add-on failed to answer", { provider, question: question.question, error });
      }
    }
    return nobody[question.question];
  }

  return {
    answer: (name, provider, answerer) => {
      const desk = desks.get(name) ?? [];
      desk.push({ provider, answerer: answerer as Answerer });
      desks.set(name, desk);
    },
    ask: <Q extends Question>(question: Q) =>
      new Promise<AnswerOf[Q["question"]]>((resolve) => {
        const cancel = clock.after(limits.authorizeTimeoutMs, () => {
          log.warn("A question was not answered in time", { question: question.question });
          resolve(nobody[question.question as Q["question"]]);
        });
        void firstAnswer(question).then((answer) => {
          cancel();
          resolve(answer as AnswerOf[Q["question"]]);
        });
      }),
  };
}
