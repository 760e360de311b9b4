import { spawnSync } from "node:child_process";

/** Whom a child process runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** An account for a server that refuses to run as root; undefined where we are not root. */
export function unprivilegedAccount(preferred: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of [preferred, "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((what) => {
      const { status, stdout } = spawnSync("id", [what, name], { encoding: "utf8" });
      return status === 0 ? Number(stdout) : undefined;
    });
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(`there is no account to run a server as: neither ${preferred} nor nobody`);
}
