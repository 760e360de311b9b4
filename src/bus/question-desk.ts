import type { Limits } from "#limits";
import type { Clock, Log } from "./ports/environment.ts";
import { StoreUnavailable } from "./ports/event-store.ts";
import type { AnswerOf, Asking, Question, QuestionName, Questions } from "./questions.ts";

type Answerer = (question: Question, asking: Asking) => Promise<AnswerOf[QuestionName] | undefined>;

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

  async function firstAnswer(question: Question, asking: Asking): Promise<AnswerOf[QuestionName]> {
    for (const { provider, answerer } of desks.get(question.question) ?? []) {
      try {
        const answer = await answerer(question, asking);
        if (answer !== undefined) return answer;
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error;
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
      new Promise<AnswerOf[Q["question"]]>((resolve, reject) => {
        const asking = new Reads();
        const cancel = clock.after(limits.authorizeTimeoutMs, () => {
          asking.isOver = true;
          if (asking.pending > 0) return reject(new StoreUnavailable(readingTooLong));
          log.warn("A question was not answered in time", { question: question.question });
          resolve(nobody[question.question as Q["question"]]);
        });
        firstAnswer(question, asking)
          .finally(cancel)
          .then((answer) => resolve(answer as AnswerOf[Q["question"]]), reject);
      }),
  };
}

const readingTooLong = "what an answer depends on could not be read in time";

/** Counts what is being read for a question. */
class Reads implements Asking {
  isOver = false;
  pending = 0;
  readonly read = async <T>(reading: Promise<T>): Promise<T> => {
    this.pending += 1;
    try {
      return await reading;
    } finally {
      this.pending -= 1;
    }
  };
}
