/** Runs tasks of one key one after the other, and tasks of different keys side by side. */
export interface Mailboxes {
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** Keys with a task running or waiting. */
  busy(): number;
}

export function createMailboxes(): Mailboxes {
  const tails = new Map<string, Promise<unknown>>();
  return {
    busy: () => tails.size,
    run: (key, task) => {
      const before = tails.get(key);
      const result = before === undefined ? task() : before.then(task, task);
      const tail: Promise<unknown> = result.then(leave, leave);
      tails.set(key, tail);
      return result;
      function leave() {
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}
