import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type SourceFile, sourceFile } from "./source.ts";

const folders = [".ci", ".github", "bench", "bin", "console", "docs", "src", "test", "tools"];
/** Made by programs, and in no commit. */
const made = /\bnode_modules\b|^console\/dist\b/;
const textFile = /(\.(ts|tsx|mjs|js|json|md|ya?ml|html|css|sh)|\/run|^\.[a-z]+|^LICENSE)$/;

/** Every text file of the project that a person or a generator of ours wrote. */
export function readTree(root: string): SourceFile[] {
  const atRoot = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    // A file in a second worktree: it says where the first one is.
    .filter((name) => name !== ".git");
  return [...atRoot, ...folders.flatMap((folder) => filesUnder(root, folder))]
    .filter((path) => textFile.test(path))
    .map((path) => sourceFile(path, readFileSync(join(root, path), "utf8")));
}

function filesUnder(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .filter((path) => !made.test(path));
  } catch {
    return [];
  }
}
