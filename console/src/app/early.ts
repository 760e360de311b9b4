// What the first page needs is under way before the first line of its code is there: on a slow
// network one question after the other would be seen as an empty page.
import { type Asked, askEarly } from "../api/call.ts";
import { startOfDay } from "../parts/instants.ts";
import { coloursKept, keepForm, signInAddress } from "../session/form-before.ts";
import type { SignedIn } from "../session/session.ts";
import { otherCatalogues } from "../strings/other-catalogues.ts";
import { wantedLanguage } from "../strings/wanted-language.ts";
import { pageAt } from "./page-at.ts";
import { pageComponents } from "./page-components.ts";

/** Asks for what will be shown, as far as can be told: a wrong guess costs only its transfer. */
export function beginEarly(): void {
  askEarly("getSession", {});
  chooseColours();
  keepForm();
  const isInside = shownAtFirst() === "frame";
  // Questions first: they are small, and what is asked behind them is not.
  if (isInside) askFirstQuestion(location.pathname);
  const language = wantedLanguage();
  if (language !== "en") ignored(otherCatalogues[language]());
  if (isInside) loadFirstPage();
}

/** What is behind the door, and the page that one will come to there. */
export function loadFirstPage(): void {
  ignored(import("./inside.tsx"));
  const page = pageAt(landingAt());
  if (page !== undefined) ignored(pageComponents[page].load());
}

/** Somebody was let in: what he will see is on its way while it is drawn. */
export function askForFirstPage({ oneTimePassword }: SignedIn): void {
  if (!oneTimePassword) askFirstQuestion(landingAt());
}

/** The address that is shown to who is let in. */
function landingAt(): string {
  return location.pathname === signInAddress ? "/" : location.pathname;
}

function askFirstQuestion(pathname: string): void {
  const asked = firstQuestion(pathname);
  if (asked !== undefined) askEarly("getOverview", asked);
}

/** The part of the console that the page itself brought; its own server sends it with none. */
export function shownAtFirst(): "frame" | "signIn" | "firstStart" | undefined {
  return document.documentElement.dataset.shown as ReturnType<typeof shownAtFirst>;
}

/** Colours that somebody has chosen; without it they are the browser's. */
function chooseColours(): void {
  const chosen = localStorage.getItem(coloursKept);
  if (chosen !== "light" && chosen !== "dark") return;
  document.documentElement.dataset.mantineColorScheme = chosen;
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
