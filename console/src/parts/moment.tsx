import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { createStore, useStore } from "../store.ts";
import { useLanguage, useText } from "../strings/language.ts";
import { ageOf, shortInstant, startOfDay, utcInstant } from "./instants.ts";

/** The time, for all ages that are shown; it ticks while somebody looks at one. */
const now = createStore(new Date());
let lookers = 0;
let ticking: ReturnType<typeof setInterval> | undefined;

/** The time, each second. */
export function useNow(): Date {
  useTicking();
  return useStore(now);
}

/** When the viewer's day began; another one at midnight, and not before. */
export function useStartOfDay(): string {
  useTicking();
  return useSyncExternalStore(now.subscribe, () => startOfDay(now.get()));
}

function useTicking(): void {
  useEffect(() => {
    lookers += 1;
    now.set(new Date());
    ticking ??= setInterval(() => now.set(new Date()), 1000);
    return () => {
      lookers -= 1;
      if (lookers > 0) return;
      clearInterval(ticking);
      ticking = undefined;
    };
  }, []);
}

interface At {
  /** As the API says it; absent: it has not happened. */
  readonly at: string | undefined;
}

/** An instant in the viewer's zone; UTC when he points at it. */
export function Moment({ at }: At): ReactNode {
  const t = useText();
  const language = useLanguage();
  if (at === undefined) return <span>{t("time.never")}</span>;
  const date = new Date(at);
  return (
    <time dateTime={at} title={utcInstant(date)}>
      {shortInstant(date, new Date(), language)}
    </time>
  );
}

/** How long ago it was; the instant when he points at it. */
export function Age({ at }: At): ReactNode {
  const t = useText();
  const language = useLanguage();
  const current = useNow();
  if (at === undefined) return <span>{t("time.never")}</span>;
  const date = new Date(at);
  const title = `${shortInstant(date, current, language)} · ${utcInstant(date)}`;
  return (
    <time dateTime={at} title={title}>
      {ageOf(date, current, t)}
    </time>
  );
}
