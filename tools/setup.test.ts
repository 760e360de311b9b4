import { describe, expect, it } from "vitest";
import { explainNpmFailure, hasAllPackages, isNewEnough } from "./setup.mjs";

const lock = (packages: Record<string, object>) => JSON.stringify({ packages });
const ws = { version: "8.0.0", integrity: "sha512-a" };
const ourNode = { os: [process.platform], cpu: [process.arch], optional: true, integrity: "b" };
const otherNode = { os: ["plan9"], cpu: ["x64"], optional: true, integrity: "c" };

describe("what is installed", () => {
  it("is enough when npm's own list agrees with the lock file", () => {
    const wanted = lock({
      "": {},
      "node_modules/ws": ws,
      "node_modules/node-plan9-x64": otherNode,
    });
    expect(hasAllPackages(wanted, lock({ "node_modules/ws": ws }))).toBe(true);
  });

  it("is not enough when a package is missing, another one, or the list cannot be read", () => {
    const wanted = lock({ "": {}, "node_modules/ws": ws });
    expect(hasAllPackages(wanted, lock({}))).toBe(false);
    const other = lock({ "node_modules/ws": { ...ws, integrity: "sha512-z" } });
    expect(hasAllPackages(wanted, other)).toBe(false);
    expect(hasAllPackages(wanted, "{")).toBe(false);
  });

  it("is not enough without the Node made for this machine, although it is optional", () => {
    const wanted = lock({ "node_modules/node-here": ourNode });
    expect(hasAllPackages(wanted, lock({}))).toBe(false);
    expect(hasAllPackages(wanted, lock({ "node_modules/node-here": ourNode }))).toBe(true);
  });
});

describe("a failed installation", () => {
  it.each([
    ["npm error code EAI_AGAIN", "could not reach its package registry"],
    ["npm error code ENOTFOUND", "could not reach its package registry"],
    ["npm error code EUSAGE", "do not agree"],
    ["npm error code ENOSPC", "disk is full"],
    ["npm error code EACCES", "cannot be written"],
    ["Error: spawn npm ENOENT", "npm was not found"],
    ["npm error something else", "could not install"],
  ])("is explained: %s", (output, words) => {
    const text = explainNpmFailure(output);
    expect(text).toContain(words);
    expect(text).toContain(output);
  });
});

describe("the machine's own Node", () => {
  it.each([
    ["20.20.2", false],
    ["24.14.9", false],
    ["24.15.0", true],
    ["24.15.1", true],
    ["26.0.0", true],
  ])("%s is new enough: %s", (version, enough) => {
    expect(isNewEnough(version)).toBe(enough);
  });
});
