// Writes every generated file again: `npm run gen`.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transactionTruth } from "../test/transaction-truth/document.ts";
import { consoleClient } from "./gen-console-client.ts";
import { coverage } from "./gen-coverage.ts";
import { type Generated, payloads16 } from "./gen-payloads.ts";
import { scaling } from "./scaling/document.ts";

interface Written {
  readonly file: string;
  readonly text: () => string | Promise<string>;
}

const plain: readonly Generated[] = [payloads16, coverage, transactionTruth, scaling];
const generated: readonly Written[] = [...plain, consoleClient];

for (const { file, text } of generated) {
  const written = await text();
  writeFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), written);
  console.info(file);
}
