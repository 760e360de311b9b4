import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Bus, Cipher, Dice, EventStore } from "#bus";
import { type Command, streams, systemActor, toApiKey, toUser } from "#core";
import { userOwner } from "./access.ts";
import { isKey, keyCredential, keyIdOf, keyOwner, newApiKey, presetKeyId } from "./api-keys.ts";
import { hashPassword, randomPassword } from "./passwords.ts";

/** What a first start must tell the person at the terminal. */
export interface FirstAccess {
  /** The administrator who was just created, with the password that is shown this once. */
  readonly administrator?: {
    readonly user: string;
    readonly oneTimePassword: string;
    /** What the password opens, in words. */
    readonly opens: string;
  };
  /** File with the key of the local command line; absent where a key was preset. */
  readonly keyFile?: string;
}

interface FirstAccessParts {
  readonly bus: Bus;
  readonly store: Pick<EventStore, "readStream" | "findCredential">;
  readonly cipher: Cipher;
  readonly dice: Dice;
  /** The key of `MOTOWN_API_KEY`, if it is set. */
  readonly presetKey?: string | undefined;
  /** Where the local command line finds its key: `<data-dir>/api-key`; absent: nowhere. */
  readonly keyFile?: string | undefined;
}

const actor = systemActor("first-access");
/** Who is there from the first start on. */
export const firstAdministrator = "admin";
const presetKeyLengthMin = 20;

/** What a one-time password opens, in words for people. */
export const oneTimePasswordOpens =
  "It opens only the choice of a password of one's own: sign in at the console, " +
  'or PUT /api/v1/me/password {"password": …}';

/** Makes sure that somebody can come in: an administrator, and a key for the command line. */
export async function ensureFirstAccess(parts: FirstAccessParts): Promise<FirstAccess> {
  const administrator = await ensureAdministrator(parts);
  const created = administrator === undefined ? {} : { administrator };
  if (parts.presetKey !== undefined) {
    await presetKey(parts, parts.presetKey);
    return created;
  }
  await parts.bus.commands.execute({
    actor,
    commands: [],
    forgetCredentials: [keyOwner(presetKeyId)],
  });
  if (parts.keyFile === undefined) return created;
  await ensureKeyFile(parts, parts.keyFile);
  return { ...created, keyFile: parts.keyFile };
}

async function ensureAdministrator(
  parts: FirstAccessParts,
): Promise<FirstAccess["administrator"] | undefined> {
  const stream = streams.user(firstAdministrator);
  if (await isThere(parts, stream)) return undefined;
  const oneTimePassword = randomPassword();
  const user = { user: firstAdministrator, administrator: true, permissions: [] };
  const done = await execute(parts, {
    commands: [
      toUser(firstAdministrator, "CreateUser", user),
      toUser(firstAdministrator, "SetUserPassword", { oneTime: true }),
    ],
    credentials: [
      { owner: userOwner(firstAdministrator), secret: await hashPassword(oneTimePassword) },
    ],
  });
  if (done === "byAnother") return undefined;
  return { user: firstAdministrator, oneTimePassword, opens: oneTimePasswordOpens };
}

/** What is wrong with a preset key, in words; undefined: nothing. */
export function wrongPresetKey(key: string): string | undefined {
  if (key.length >= presetKeyLengthMin && !/\s/.test(key)) return undefined;
  return (
    `MOTOWN_API_KEY must have at least ${presetKeyLengthMin} characters and no blanks. ` +
    "Make one with: openssl rand -hex 20"
  );
}

async function presetKey(parts: FirstAccessParts, key: string): Promise<void> {
  const wrong = wrongPresetKey(key);
  if (wrong !== undefined) throw new Error(wrong);
  await ensureKey(parts, { id: keyIdOf(key), key, name: "preset by MOTOWN_API_KEY" });
}

async function ensureKeyFile(parts: FirstAccessParts, keyFile: string): Promise<void> {
  const kept = await textOf(keyFile);
  if (kept !== undefined) {
    const credential = await parts.store.findCredential(keyOwner(keyIdOf(kept)));
    if (credential && isKey(parts.cipher, { key: kept, secret: credential.secret })) return;
  }
  const id = `local-${parts.dice.hex(4)}`;
  const key = newApiKey(id);
  await ensureKey(parts, { id, key, name: "command line on this machine" });
  await mkdir(dirname(keyFile), { recursive: true });
  // A new file: the mode of one that is there already would stay as it is.
  await rm(keyFile, { force: true });
  await writeFile(keyFile, `${key}\n`, { mode: 0o600, flag: "wx" }).catch((error: unknown) => {
    // Another node that starts on this folder was quicker; its key opens as much.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
}

async function ensureKey(
  parts: FirstAccessParts,
  wanted: { readonly id: string; readonly key: string; readonly name: string },
): Promise<void> {
  const { id, key, name } = wanted;
  const credential = await parts.store.findCredential(keyOwner(id));
  if (credential && isKey(parts.cipher, { key, secret: credential.secret })) return;
  const known = await isThere(parts, streams.apiKey(id));
  const created = { name, administrator: true, permissions: [] };
  await execute(parts, {
    commands: known ? [] : [toApiKey(id, "CreateApiKey", created)],
    credentials: [keyCredential(parts.cipher, { id, key })],
  });
}

/** Nodes that start together on an empty log all try: the first one's stands. */
async function execute(
  { bus }: FirstAccessParts,
  execution: {
    readonly commands: readonly Command[];
    readonly credentials: readonly { readonly owner: string; readonly secret: string }[];
  },
): Promise<"done" | "byAnother"> {
  const result = await bus.commands.execute({ actor, ...execution });
  if (result.status === "committed") return "done";
  const isThereNow = result.status === "rejected" && alreadyThere.has(result.rejection.rejected);
  if (isThereNow) return "byAnother";
  throw new Error(`First access could not be set up: ${JSON.stringify(result)}`);
}

const alreadyThere: ReadonlySet<string> = new Set(["UserAlreadyExists", "ApiKeyAlreadyExists"]);

async function isThere({ store }: FirstAccessParts, stream: string): Promise<boolean> {
  const [first] = await store.readStream({ stream, afterVersion: 0, limit: 1 });
  return first !== undefined;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
