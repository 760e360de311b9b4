/** The texts of one area in another language: the same keys, no more and no fewer. */
export type Area<English> = { readonly [K in keyof English]: string };
