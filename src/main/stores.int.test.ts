import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { dataDirectory } from "#support/data-directory";
import { loadSettings } from "./settings.ts";
import { houseCipher } from "./stores.ts";

it("the secret of a data folder is the same secret when it is set", async () => {
  const folder = await dataDirectory();
  try {
    const inFolder = await loadSettings(["--data-dir", folder.path], {});
    const sealed = houseCipher(inFolder).seal("a token's value");
    const variable = { MOTOWN_SECRET_FILE: join(folder.path, "secret") };
    const set = await loadSettings(["--database", "memory"], variable);
    expect(houseCipher(set).open(sealed)).toBe("a token's value");
    const text = (await readFile(variable.MOTOWN_SECRET_FILE, "utf8")).trim();
    const given = await loadSettings(["--database", "memory", "--secret", text], {});
    expect(houseCipher(given).hmac("token", "x")).toBe(houseCipher(inFolder).hmac("token", "x"));
    const other = await loadSettings(["--database", "memory", "--secret", `${text}0`], {});
    expect(() => houseCipher(other).open(sealed)).toThrow();
  } finally {
    await folder.remove();
  }
});
