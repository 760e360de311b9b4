import { expect, it } from "vitest";
import { fitting } from "./fitting.ts";

const limit = (name: string, value: number, protects = "memory") => ({
  ...{ name, value, protects },
  ...{ unit: "frames", default: 1 },
});

it("finds all words anywhere, and shows first what was set otherwise", () => {
  const limits = [limit("frameQueueMax", 1), limit("frameDays", 2, "the disk"), limit("other", 1)];
  const names = (text: string) => fitting(limits, text).map(({ name }) => name);
  expect(names("")).toEqual(["frameDays", "frameQueueMax", "other"]);
  expect(names("QUEUE memory")).toEqual(["frameQueueMax"]);
  expect(names("disk")).toEqual(["frameDays"]);
  expect(names("nothing")).toEqual([]);
});
