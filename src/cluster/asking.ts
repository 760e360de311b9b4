// Questions and their answers over messages that may get lost.
import {
  type Clock,
  type ClusterHealth,
  createTimings,
  type Log,
  type NodeAnswerer,
  type NodeAnswers,
  type NodeQuestionName,
  NodeSilent,
} from "#bus";
import type { Limits } from "#limits";

/** What goes from node to node for a question. */
export type AskingMessage =
  | {
      readonly ask: NodeQuestionName;
      readonly id: number;
      readonly from: string;
      readonly question: unknown;
    }
  | { readonly answerTo: number; readonly answer: unknown }
  | { readonly answerTo: number; readonly failure: string };

interface Waiting {
  readonly node: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface AskingParts {
  readonly node: string;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** At most once, perhaps never; who sends it may say that nobody listens (`unheard`). */
  readonly send: (node: string, message: AskingMessage) => void;
}

/** Asks and answers over any carrier of messages; each question has a deadline. */
export class Asking {
  readonly #parts: AskingParts;
  readonly #answers = createTimings();
  #failed = 0;
  readonly #waiting = new Map<number, Waiting>();
  #answerer: NodeAnswerer | undefined;
  #last = 0;
  /** Questions of others that are not answered yet. */
  #answering = 0;

  constructor(parts: AskingParts) {
    this.#parts = parts;
  }

  /** What became of its questions. */
  get figures(): ClusterHealth["questions"] {
    return { answers: this.#answers, failed: this.#failed };
  }

  /** Says who answers. */
  answer(answerer: NodeAnswerer): void {
    this.#answerer = answerer;
  }

  ask<N extends NodeQuestionName>(
    node: string,
    name: N,
    question: NodeAnswers[N]["question"],
  ): Promise<NodeAnswers[N]["answer"]> {
    const { node: from, limits, send } = this.#parts;
    if (this.#waiting.size >= limits.nodeQuestionsMax) {
      this.#failed += 1;
      return Promise.reject(new NodeSilent(node, "too many questions wait for answers"));
    }
    this.#last += 1;
    const id = this.#last;
    const answer = this.#answerTo(id, node);
    send(node, { ask: name, id, from, question });
    return answer as Promise<NodeAnswers[N]["answer"]>;
  }

  /** Takes what came; an answer to nothing came too late, or twice. */
  take(message: AskingMessage): void {
    if ("ask" in message) {
      this.#asked(message);
      return;
    }
    const one = this.#waiting.get(message.answerTo);
    if (one === undefined) return;
    if ("failure" in message) one.reject(new NodeSilent(one.node, message.failure));
    else one.resolve(message.answer);
  }

  /** A question cannot be answered: nobody listens, or it did not even go out. */
  unheard(id: number, why: string): void {
    const one = this.#waiting.get(id);
    one?.reject(new NodeSilent(one.node, why));
  }

  close(): void {
    for (const { node, reject } of [...this.#waiting.values()]) {
      reject(new NodeSilent(node, "this node is closing"));
    }
  }

  /** Waits for what comes back, until its time is over. */
  #answerTo(id: number, node: string): Promise<unknown> {
    const { clock, limits } = this.#parts;
    const answer = Promise.withResolvers<unknown>();
    const askedMs = clock.monotonicMs();
    const over = () => {
      this.#waiting.delete(id);
      cancel();
    };
    const one: Waiting = {
      node,
      resolve: (value) => {
        over();
        this.#answers.add(clock.monotonicMs() - askedMs);
        answer.resolve(value);
      },
      reject: (error) => {
        over();
        this.#failed += 1;
        answer.reject(error);
      },
    };
    const cancel = clock.after(limits.nodeAnswerMs, () => {
      one.reject(new NodeSilent(node, "not in time"));
    });
    this.#waiting.set(id, one);
    return answer.promise;
  }

  #asked(message: Extract<AskingMessage, { ask: unknown }>): void {
    const { send, log } = this.#parts;
    const { ask, id, from, question } = message;
    this.#answering += 1;
    this.#answerOf(ask, question)
      .then(
        (answer) => send(from, { answerTo: id, answer }),
        (error: unknown) => {
          log.warn("A question of another node could not be answered", { from, ask, error });
          send(from, { answerTo: id, failure: String(error) });
        },
      )
      .finally(() => {
        this.#answering -= 1;
      });
  }

  async #answerOf(name: NodeQuestionName, question: unknown): Promise<unknown> {
    if (this.#answerer === undefined) throw new Error("it is not ready yet");
    if (this.#answering > this.#parts.limits.nodeQuestionsMax) {
      throw new Error("too many questions wait for its answers");
    }
    const answerer: Partial<Record<string, (question: never) => Promise<unknown>>> = this.#answerer;
    const answer = answerer[name];
    // Another release may ask what this one does not know.
    if (answer === undefined) throw new Error(`it does not know the question ${name}`);
    return answer(question as never);
  }
}
