import type { Environment } from "#bus";
import { StoreUnavailable } from "#bus";

/** What is known of an answer whose recording waits, for the log. */
export interface KeptAnswer {
  readonly station: string;
  readonly requestId: string;
  /** Records it; fails with `StoreUnavailable` while the store cannot commit. */
  readonly write: () => Promise<void>;
}

/** Answers to our requests, until they are in the log: a station gives each but once. */
export interface KeptAnswers {
  /** Records an answer, now or once the store can commit again. Resolves when it is settled. */
  record(answer: KeptAnswer): Promise<void>;
  /** Tries those that wait, in their order: before anything counts as overdue. */
  retry(): Promise<void>;
  /** Gives up those that wait; they are named in the log. */
  stop(): void;
  readonly size: number;
}

/** Answers wait in memory for a store that is away: a process that ends takes them along. */
export function createKeptAnswers({
  clock,
  limits,
  log,
}: Pick<Environment, "clock" | "limits" | "log">): KeptAnswers {
  const waiting = new Map<KeptAnswer, () => void>();
  let retrying: Promise<void> | undefined;
  let cancel: (() => void) | undefined;

  function giveUp({ station, requestId }: KeptAnswer, error: unknown): void {
    log.error("A station's answer could not be recorded", { station, requestId, error });
  }

  /** False: it goes on waiting. */
  async function isSettled(answer: KeptAnswer): Promise<boolean> {
    try {
      await answer.write();
    } catch (error) {
      if (error instanceof StoreUnavailable) return false;
      giveUp(answer, error);
    }
    return true;
  }

  async function tryAll(): Promise<void> {
    for (const [answer, settled] of [...waiting]) {
      // If the store is still away, it is so for the others, too.
      if (!(await isSettled(answer))) break;
      waiting.delete(answer);
      settled();
    }
    if (waiting.size > 0) plan();
  }

  function retry(): Promise<void> {
    if (waiting.size === 0) return Promise.resolve();
    retrying ??= tryAll().finally(() => {
      retrying = undefined;
    });
    return retrying;
  }

  function plan(): void {
    cancel?.();
    cancel = clock.after(limits.storeProbeMs, () => void retry());
  }

  return {
    record: async (answer) => {
      if (waiting.size === 0 && (await isSettled(answer))) return;
      if (waiting.size >= limits.keptAnswersMax) {
        return giveUp(answer, `${waiting.size} answers wait for the store`);
      }
      const { station, requestId } = answer;
      log.warn("A station's answer waits for the store", { station, requestId });
      await new Promise<void>((resolve) => {
        waiting.set(answer, resolve);
        plan();
      });
    },
    retry,
    get size() {
      return waiting.size;
    },
    stop: () => {
      cancel?.();
      for (const [answer, settled] of waiting) {
        giveUp(answer, "the process ends");
        settled();
      }
      waiting.clear();
    },
  };
}
