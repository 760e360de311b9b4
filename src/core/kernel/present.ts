/** The same object without its undefined members; absent and undefined are one thing to us. */
export function present<T extends object>(value: T): Present<T> {
  const given = value as Record<string, unknown>;
  const result: Record<string, unknown> = {};
  for (const name in given) {
    if (given[name] !== undefined) result[name] = given[name];
  }
  return result as Present<T>;
}

type Optional<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** Members that may be undefined become optional. */
export type Present<T> = { [K in Exclude<keyof T, Optional<T>>]: T[K] } & {
  [K in Optional<T>]?: Exclude<T[K], undefined>;
};
