import { createStore, useStore } from "../store.ts";
import { en } from "./en/index.ts";
import { otherCatalogues } from "./other-catalogues.ts";
import { type Catalogue, filled, type TextKey, type Translate } from "./translate.ts";
import { keepLanguage, type Language, wantedLanguage } from "./wanted-language.ts";

export { type Language, languages } from "./wanted-language.ts";

interface Spoken {
  readonly language: Language;
  readonly catalogue: Catalogue;
}

/** English is there from the start; the others come when they are wanted. */
const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => en,
  ...otherCatalogues,
};

const spoken = createStore<Spoken>({ language: "en", catalogue: en });

/** Speaks the language that was chosen here, else one of the browser's, else English. */
export async function startLanguage(): Promise<void> {
  await speak(wantedLanguage());
}

/** Speaks a language from now on, here and at the next visit. */
export async function chooseLanguage(language: Language): Promise<void> {
  keepLanguage(language);
  await speak(language);
}

async function speak(language: Language): Promise<void> {
  await hearLanguage(language);
  document.documentElement.lang = language;
}

/** Speaks a language where there is no document. */
export async function hearLanguage(language: Language): Promise<void> {
  spoken.set({ language, catalogue: await catalogues[language]() });
}

/** The language that is spoken now. */
export function useLanguage(): Language {
  return useStore(spoken).language;
}

/** The texts of the language that is spoken now. */
export function useText(): Translate {
  return textsOf(useStore(spoken));
}

/** The same outside of components: what is said once, as a toast. */
export function textNow(): Translate {
  return textsOf(spoken.get());
}

/** The language outside of components. */
export function languageNow(): Language {
  return spoken.get().language;
}

const translators = new WeakMap<Spoken, Translate>();

function textsOf(now: Spoken): Translate {
  const known = translators.get(now);
  if (known !== undefined) return known;
  const { language, catalogue } = now;
  const made: Translate = (key, ...[values]) => filled(catalogue[key], values ?? {}, language);
  translators.set(now, made);
  return made;
}

/** Whether there is a text of this name: a server may be newer than the page that it once gave. */
export function isTextKey(name: string): name is TextKey {
  return Object.hasOwn(en, name);
}
