import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it(".ci/run is exactly npm test", () => {
  expect(readFileSync(".ci/run", "utf8")).toBe("#!/usr/bin/env bash\nexec npm test\n");
});
