// What the first page needs is under way before the first line of its code is there: on a slow
// network one question after the other would be seen as an empty page.
import { type Asked, askEarly } from "../api/call.ts";
import { startOfDay } from "../parts/instants.ts";
import { otherCatalogues } from "../strings/other-catalogues.ts";
import { wantedLanguage } from "../strings/wanted-language.ts";
import { pageAt } from "./page-at.ts";
import { pageComponents } from "./page-components.ts";

/** Whether this browser was signed in when it was last here; its cookie is hidden from scripts. */
const kept = "motown.inside";

/** Kept for the next visit. */
export function rememberInside(isInside: boolean): void {
  if (isInside) localStorage.setItem(kept, "yes");
  else localStorage.removeItem(kept);
}

/** Asks for what will be shown, as far as can be told: a wrong guess costs only its transfer. */
export function beginEarly(): void {
  askEarly("getSession", {});
  const isInside = localStorage.getItem(kept) !== null;
  const asked = isInside ? firstQuestion(location.pathname) : undefined;
  // Questions first: they are small, and what is asked behind them is not.
  if (asked !== undefined) askEarly("getOverview", asked);
  const language = wantedLanguage();
  if (language !== "en") ignored(otherCatalogues[language]());
  if (!isInside) return;
  ignored(import("./inside.tsx"));
  const page = pageAt(location.pathname);
  if (page !== undefined) ignored(pageComponents[page].load());
}

/** What the first page will ask, where that can be told by its address. */
export function firstQuestion(pathname: string): Asked<"getOverview"> | undefined {
  if (pageAt(pathname) !== "overview") return undefined;
  return { query: { since: startOfDay(new Date()) } };
}

/** Who needs it asks for it again, and is told what went wrong. */
function ignored(loading: Promise<unknown>): void {
  loading.catch(() => {});
}
