import { expect, it } from "vitest";
import { faultAt, faultsFrom } from "./faults.ts";

it("strikes at one point, once, at the given hit", () => {
  const struck: string[] = [];
  const faults = faultAt({
    point: "beforeCommit",
    hit: 2,
    strike: (point) => {
      struck.push(point);
    },
  });
  faults.hit("afterCommitBeforeReply");
  faults.hit("beforeCommit");
  expect(struck).toEqual([]);
  faults.hit("beforeCommit");
  faults.hit("beforeCommit");
  expect(struck).toEqual(["beforeCommit"]);
});

it("is armed by text, and refuses text that it does not know", () => {
  const faults = faultsFrom("afterReplyBeforeAnswer:1:throw");
  expect(() => faults.hit("afterReplyBeforeAnswer")).toThrow("fault armed");
  expect(() => faults.hit("afterReplyBeforeAnswer")).not.toThrow();
  // As the driver of the log reports a disk that fails.
  const io = faultsFrom("beforeCommit:1:io");
  expect(() => io.hit("beforeCommit")).toThrow(expect.objectContaining({ errcode: 10 }));
  expect(() => faultsFrom("").hit("beforeCommit")).not.toThrow();
  for (const bad of ["beforeCommit", "beforeCommit:0", "nowhere:1", "beforeCommit:1:die"]) {
    expect(() => faultsFrom(bad)).toThrow("MOTOWN_FAULT is point:n");
  }
});
