// How the house is kept, as a test. The rules are in test/tidy/, each with samples that break it,
// so that a rule which no longer sees anything is noticed.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { consoleRules } from "./tidy/console.ts";
import { nameRules } from "./tidy/names.ts";
import { roomRules } from "./tidy/rooms.ts";
import { printFinding, sampleTree } from "./tidy/rule.ts";
import { sizeRules } from "./tidy/sizes.ts";
import { readTree } from "./tidy/tree.ts";
import { wholeRules } from "./tidy/whole.ts";
import { wordRules } from "./tidy/words.ts";

const tree = readTree(join(import.meta.dirname, ".."));

const rules = [
  ...roomRules,
  ...consoleRules,
  ...sizeRules,
  ...wordRules,
  ...nameRules,
  ...wholeRules,
];

for (const rule of rules) {
  describe(rule.name, () => {
    it("holds", () => {
      const findings = rule.find(tree).map(printFinding);
      if (findings.length > 0) expect.fail(`\n${findings.join("\n")}\n`);
    });

    it("sees what breaks it, and only that", () => {
      for (const sample of rule.bad) {
        expect(rule.find(sampleTree(sample)), JSON.stringify(sample)).not.toEqual([]);
      }
      for (const sample of rule.good) {
        expect(rule.find(sampleTree(sample)).map(printFinding)).toEqual([]);
      }
    });
  });
}
