import type { Refusal } from "../../api/problem.ts";
import { createStore } from "../../store.ts";

/** Something that is said in passing, in a corner of any page. */
export type Toast = { readonly id: number } & ToastContent;

type ToastContent =
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "refusal"; readonly refusal: Refusal }
  /** A request on its way, until its named outcome is there. */
  | {
      readonly kind: "request";
      readonly stationId: string;
      readonly requestId: string;
      readonly type: string;
    };

/** So many are shown; the oldest go, of those that say that something was done first. */
const most = 6;

/** What is shown now, the newest last. */
export const toasts = createStore<readonly Toast[]>([]);
let last = 0;

export function showToast(content: ToastContent): void {
  last += 1;
  const shown = toasts.get();
  if (shown.length >= most) {
    const oldest = shown.find(({ kind }) => kind === "done") ?? shown[0];
    if (oldest !== undefined) dropToast(oldest.id);
  }
  toasts.set([...toasts.get(), { id: last, ...content }]);
}

/** Says why something was refused; it stays until somebody has read it. */
export function showRefusal(refusal: Refusal): void {
  showToast({ kind: "refusal", refusal });
}

export function dropToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
