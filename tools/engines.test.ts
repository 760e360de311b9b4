import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { engines } from "./engines.ts";

it("installs nothing that CONTRIBUTING.md does not name", () => {
  const text = readFileSync(join(import.meta.dirname, "../CONTRIBUTING.md"), "utf8");
  for (const { debianPackage } of Object.values(engines)) {
    expect(text).toContain(`\`${debianPackage}\``);
  }
});
