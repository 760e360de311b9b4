import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk so small that it can be filled. */
export interface SmallDisk {
  readonly path: string;
  readonly freeBytes: () => number;
  /** Leaves nothing free; again, if something was freed since. */
  readonly fill: () => void;
  /** Frees what was filled. */
  readonly empty: () => void;
  readonly unmount: () => void;
}

const chunk = Buffer.alloc(4_096, 1);

/** Mounts a tmpfs. Linux only, and only for root: elsewhere it says so, and fails. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), "motown-disk-"));
  const args = ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path];
  const mounted = spawnSync("mount", args, { encoding: "utf8" });
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    const why = mounted.error?.message ?? mounted.stderr.trim();
    throw new Error(
      `A disk to be filled is a tmpfs of ${megabytes} MB, and it cannot be mounted: ${why}. ` +
        "This test needs Linux and root (in a container: --cap-add SYS_ADMIN).",
    );
  }
  const ballast = join(path, "ballast");
  writeFileSync(ballast, "");
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  };
  return {
    path,
    freeBytes,
    fill: () => fill(ballast),
    empty: () => writeFileSync(ballast, ""),
    unmount: () => {
      spawnSync("umount", [path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function fill(ballast: string): void {
  try {
    for (;;) appendFileSync(ballast, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
