import { useEffect, useState } from "react";

/**
 * Gives the focus back to where it was before the calling component came, when it goes: somebody
 * who works by keyboard, or hears the page, goes on from there.
 */
export function useFocusBack(): void {
  const [before] = useState(() => openerOf(document.activeElement));
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    },
    [before],
  );
}

/** What was chosen from a menu is gone with it: its button stays. */
function openerOf(element: Element | null): Element | null {
  const menu = element?.closest("[role=menu]");
  if (menu === null || menu === undefined) return element;
  return document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`) ?? element;
}
