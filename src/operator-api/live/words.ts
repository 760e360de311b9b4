/** What a search looks for: every word, in whatever case; each in one of its spellings. */
export type Words = readonly (readonly string[])[];

/** The words of a text; `also` adds other spellings of one. */
export async function wordsOf(
  text: string | undefined,
  also: (word: string) => Promise<string | undefined> = async () => undefined,
): Promise<Words> {
  const words = (text ?? "").split(/\s+/).filter((word) => word !== "");
  return Promise.all(
    words.map(async (word) => {
      const other = await also(word);
      return [word, ...(other === undefined ? [] : [other])].map((one) => one.toLowerCase());
    }),
  );
}

/** Whether some texts together hold all of them. */
export function holdAll(texts: readonly string[], words: Words): boolean {
  if (words.length === 0) return true;
  const folded = texts.map((text) => text.toLowerCase());
  return words.every((spellings) =>
    spellings.some((word) => folded.some((text) => text.includes(word))),
  );
}
