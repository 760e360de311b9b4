// docs/api.md says what really comes: its blocks are run against a server of their own.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";
import { blocksOf, isAsShown } from "../../tools/readme/blocks.ts";
import { openSession, type Session } from "../../tools/readme/session.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/api.md"), "utf8");

let house: TestMotown;
let session: Session;
beforeAll(async () => {
  house = await startTestMotown();
  const { port, firstAccess } = house.motown;
  session = openSession(house.directory, {
    ...{ PATH: process.env.PATH, PORT: String(port), MOTOWN_API_KEY: house.apiKey },
    ONE_TIME_PASSWORD: firstAccess.administrator?.oneTimePassword,
  });
});
afterAll(async () => {
  await session?.end();
  await house?.stop();
});

it("shows what the commands of the page print", async () => {
  const blocks = blocksOf(page);
  expect(blocks.length).toBeGreaterThan(20);
  for (const [at, block] of blocks.entries()) {
    if (block.language !== "sh") continue;
    const { output } = await session.run(block.text.replaceAll("8080", "$PORT"));
    const next = blocks[at + 1];
    if (next?.language !== "text") continue;
    const fits = isAsShown(next.text, output);
    expect(fits, `docs/api.md:${next.line} shows\n${next.text}\nbut this came:\n${output}`).toBe(
      true,
    );
  }
});
