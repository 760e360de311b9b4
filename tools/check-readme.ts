// `npm run check:readme`: runs every block of README.md in a fresh copy, and compares what comes
// out with what the page shows. `…` in the page stands for what differs from run to run.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Block, blocksOf, isAsShown } from "./readme/blocks.ts";
import { openSession, type Session } from "./readme/session.ts";

const root = resolve(import.meta.dirname, "..");
const pagePort = "8080";
const retryPauseMs = 1000;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Each block of commands with what the page shows of its output. */
async function check(session: Session, blocks: readonly Block[], port: number): Promise<void> {
  const onPort = (text: string) => text.replaceAll(pagePort, String(port));
  for (const [at, block] of blocks.entries()) {
    const next = blocks[at + 1];
    const shown = next?.language === "text" ? onPort(next.text) : undefined;
    if (block.language === "sh") {
      process.stdout.write(`README.md:${block.line}  ${block.text.split("\n")[0]}\n`);
      await runBlock(session, { ...block, text: onPort(block.text) }, shown);
    } else if (block.language === "log") mustBeHeard(session, block);
    else if (block.language === "mermaid") await mustHaveHappened(session, block);
    else if (block.language !== "text") throw new Error(`a block of ${block.language} is not run`);
  }
}

async function runBlock(session: Session, block: Block, shown: string | undefined): Promise<void> {
  const until = Date.now() + (block.retrySeconds ?? 0) * 1000;
  for (;;) {
    const output = await outputOf(session, block);
    if (shown === undefined || isAsShown(shown, output)) return;
    if (Date.now() > until) {
      throw new Error(`README.md:${block.line} shows\n\n${shown}\n\nbut this came:\n\n${output}`);
    }
    await new Promise((done) => setTimeout(done, retryPauseMs));
  }
}

async function outputOf(session: Session, block: Block): Promise<string> {
  const { backgroundUntil, text, line } = block;
  if (backgroundUntil !== undefined) {
    const output = await session.start(text, backgroundUntil);
    const own = output.indexOf("\n\n  Motown is running.");
    return own < 0 ? output : output.slice(own);
  }
  const { output, code } = await session.run(text);
  if (code !== 0) throw new Error(`README.md:${line} ended with ${code}:\n${output}`);
  return output.replace(/^(> |npm (warn|notice)).*\n/gm, "");
}

function mustBeHeard(session: Session, block: Block): void {
  const heard = session.background().split("\n");
  for (const line of block.text.split("\n")) {
    if (heard.some((other) => isAsShown(line, other))) continue;
    throw new Error(`README.md:${block.line}: nobody said "${line}"`);
  }
}

/** The picture's events are in the log of the session that the page leads through. */
async function mustHaveHappened(session: Session, block: Block): Promise<void> {
  const notes = [...block.text.matchAll(/Note over \w+: (.*)/g)].map((match) => match[1] ?? "");
  const events = notes.flatMap((note) => note.split(", "));
  const { output } = await session.run("npx motown events --json --limit 500 --station DEMO-0001");
  for (const event of events) {
    if (output.includes(event)) continue;
    throw new Error(`README.md:${block.line} draws ${event}, which did not happen`);
  }
}

const directory = mkdtempSync(join(tmpdir(), "motown-readme-"));
const copy = join(directory, "motown");
const port = await freePort();
execFileSync("git", ["clone", "--quiet", root, copy]);
const session = openSession(copy, {
  PATH: process.env.PATH?.replaceAll(`${root}/node_modules/.bin:`, ""),
  HOME: process.env.HOME,
  MOTOWN_PORT: String(port),
  MOTOWN_URL: `http://127.0.0.1:${port}`,
});
let failure: unknown;
try {
  const blocks = blocksOf(readFileSync(join(copy, "README.md"), "utf8"));
  await check(session, blocks, port);
  process.stdout.write(`All ${blocks.length} blocks of README.md are as shown.\n`);
} catch (error) {
  failure = error;
} finally {
  await session.end();
  rmSync(directory, { recursive: true, force: true });
}
if (failure !== undefined) {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exit(1);
}
