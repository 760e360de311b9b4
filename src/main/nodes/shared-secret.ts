import type { Bus, Cipher, EventStore } from "#bus";
import { systemActor } from "#core";
import { SettingProblem } from "../setting-problem.ts";

const actor = systemActor("vault");
const owner = "vault";
/** Its keyed digest tells one secret from another, and nothing of either. */
const sample = "The secret of this database's vault.";

/**
 * A node with another secret than the others would find no token and seal new ones that nobody else
 * can open: the first node notes what its own makes of a sample, and all are held to it.
 */
export async function refuseOtherSecret(parts: {
  readonly bus: Pick<Bus, "commands">;
  readonly store: Pick<EventStore, "findCredential">;
  readonly cipher: Cipher;
}): Promise<void> {
  const { bus, store, cipher } = parts;
  const secret = cipher.hmac("password", sample);
  if ((await store.findCredential(owner)) === undefined) {
    await bus.commands.execute({ actor, commands: [], credentials: [{ owner, secret }] });
  }
  const noted = await store.findCredential(owner);
  if (noted?.secret === secret) return;
  throw new SettingProblem(
    "--secret (MOTOWN_SECRET) is not the one with which the tokens in this database are sealed. " +
      "All nodes need the same, and it never changes.",
  );
}
