// Writes every generated file again: `npm run gen`.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transactionTruth } from "../test/transaction-truth/document.ts";
import { coverage } from "./gen-coverage.ts";
import { type Generated, payloads16 } from "./gen-payloads.ts";
import { scaling } from "./scaling/document.ts";

const generated: readonly Generated[] = [payloads16, coverage, transactionTruth, scaling];

for (const { file, text } of generated) {
  writeFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), text());
  console.info(file);
}
