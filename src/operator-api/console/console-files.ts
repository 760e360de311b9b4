import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** A file of the console as it goes out: every form of it, made when the console was built. */
export interface ConsoleFile {
  readonly type: string;
  readonly tag: string;
  /** Its name changes with its content: whoever has it need not ask again. */
  readonly isImmutable: boolean;
  /** By content encoding; `identity` is always there. */
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
}

/** The best first. */
export const encodings = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof encodings)[number];

/** All files of the console by their path below `/`. Nothing else can be asked for. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json; charset=utf-8",
  ".woff2": "font/woff2",
};

const suffixes = { br: ".br", gzip: ".gz" } as const;

/** Reads the folder that the console was built into; undefined where it was not. */
export async function readConsoleFiles(folder: string): Promise<ConsoleFiles | undefined> {
  const names = await namesIn(folder);
  if (!names.has("index.html")) return undefined;
  const files = new Map<string, ConsoleFile>();
  for (const name of names) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const identity = await readFile(join(folder, name));
    const bodies: Partial<Record<Encoding, Buffer>> & { identity: Buffer } = { identity };
    for (const [encoding, suffix] of Object.entries(suffixes)) {
      if (!names.has(name + suffix)) continue;
      bodies[encoding as Encoding] = await readFile(join(folder, name + suffix));
    }
    const tag = `"${createHash("sha256").update(identity).digest("base64url").slice(0, 27)}"`;
    files.set(`/${name}`, { type, tag, bodies, isImmutable: name.startsWith("assets/") });
  }
  return files;
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return new Set(
      files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Set();
    throw error;
  }
}
