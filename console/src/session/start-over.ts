/**
 * Loads the page anew, at its first address. All that it has kept goes with it: answers, drafts,
 * toasts, open forms, what is on its way. Nothing can be forgotten of it, also nothing that is
 * built later. The address goes too, for it may name a token.
 */
export function startOver(): Promise<never> {
  location.replace("/");
  // Until it is gone: nothing goes on from here.
  return new Promise(() => {});
}

/** Keeps the browser from showing the page as it once was, by its way back. */
export function neverComeBack(): void {
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

/** Where nobody is signed in, nothing is left of who was: not even how far he had scrolled. */
export function forgetTab(): void {
  sessionStorage.clear();
}
