import type { Catalogue } from "./translate.ts";
import type { Language } from "./wanted-language.ts";

/** Catalogues that come when they are wanted; English is there from the start. */
export const otherCatalogues: Readonly<Record<Exclude<Language, "en">, () => Promise<Catalogue>>> =
  {
    nl: async () => (await import("./nl/index.ts")).nl,
    de: async () => (await import("./de/index.ts")).de,
  };
