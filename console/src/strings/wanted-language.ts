/** Languages of the console, each under its own name. */
export const languages = { en: "English", nl: "Nederlands", de: "Deutsch" } as const;
export type Language = keyof typeof languages;

const kept = "motown.language";

/** The language that was chosen here, else one of the browser's, else English. */
export function wantedLanguage(): Language {
  const wanted = [localStorage.getItem(kept) ?? "", ...navigator.languages];
  const known = wanted.map((tag) => tag.slice(0, 2)).find((tag) => tag in languages);
  return (known ?? "en") as Language;
}

/** Kept for the next visit. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(kept, language);
}
