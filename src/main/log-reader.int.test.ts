import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";

it.each(["text", "json"])("serves on when nobody reads its %s log any more", async (format) => {
  const main = join(import.meta.dirname, "../main.ts");
  const flags = ["--port", "0", "--host", "127.0.0.1", "--database", "memory"];
  const child = spawn(process.execPath, [main, ...flags, "--log-format", format]);
  try {
    let greeted = "";
    while (!greeted.includes("Next")) greeted += String(await once(child.stdout, "data"));
    const [, port] = /localhost:(\d+)\/api/.exec(greeted) ?? [];
    await Promise.all(
      [child.stdout, child.stderr].map((stream) => once(stream.destroy(), "close")),
    );
    for (const name of ["a", "b", "c"]) {
      const answer = await fetch(`http://127.0.0.1:${port}/ocpp/${name}`);
      expect(answer.status).toBe(426);
    }
  } finally {
    child.kill("SIGKILL");
  }
});
