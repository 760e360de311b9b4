import { useMutation } from "@tanstack/react-query";
import { showRefusal, showToast } from "../parts/toasts/toasts.ts";
import { type Answer, type Asked, call, type Operation } from "./call.ts";
import { refusalOf } from "./problem.ts";

/** Operations that change something. */
export type Act = Exclude<Operation, `get${string}`>;

interface Options<O extends Act> {
  /** Said when it was done, in the viewer's language. */
  readonly done?: string | ((answer: Answer<O>) => string);
  readonly afterwards?: (answer: Answer<O>) => void;
  /** The caller shows refusals itself, beside the fields that are wrong. */
  readonly quiet?: boolean;
}

/** Does something, and says so, or why not. The live stream brings what follows from it. */
export function useAct<O extends Act>(operation: O, options: Options<O> = {}) {
  return useMutation<Answer<O>, unknown, Asked<O>>({
    mutationFn: (asked) => call(operation, asked),
    onSuccess: (answer) => {
      const { done } = options;
      if (done !== undefined) {
        showToast({ kind: "done", text: typeof done === "string" ? done : done(answer) });
      }
      options.afterwards?.(answer);
    },
    onError: (error) => {
      if (options.quiet !== true) showRefusal(refusalOf(error));
    },
  });
}
