// The image and the unit of systemd, as far as files can be judged without an engine: that they say
// what the sources say.
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { nodeFlags } from "../../tools/node-flags.mjs";
import { fileText, unknownVariables, variablesIn } from "./deploy-files.ts";

const dockerfile = fileText("Dockerfile");
const instructions = (text: string) =>
  text
    .replaceAll(/^\s*#.*\n/gm, "")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
const lines = instructions(dockerfile);
const stages = dockerfile.split(/^FROM /m).slice(1);
const last = instructions(`FROM ${stages.at(-1)}`);
const argumentsOf = (name: string) =>
  last.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length).trim());

describe("the image", () => {
  it("is made of stages, and starts from nothing", () => {
    expect(stages).toHaveLength(4);
    expect(last[0]).toBe("FROM scratch");
    expect(lines.filter((line) => /^FROM \$\{NODE_IMAGE\} AS /.test(line))).toHaveLength(3);
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:26-slim$/m);
  });

  it("has no Node of npm's: the packages that bring one are optional, and left out", () => {
    const bringNode = (name: string) => /^node-(bin-)?(linux|darwin)/.test(name);
    const { dependencies, optionalDependencies } = packageJson;
    expect(Object.keys(dependencies).filter(bringNode)).toEqual([]);
    expect(Object.keys(optionalDependencies).every(bringNode)).toBe(true);
    const program = stages.find((stage) => stage.includes("AS program")) ?? "";
    const install = instructions(program).filter((line) => line.includes("npm ci"));
    expect(install).toHaveLength(1);
    for (const flag of ["--omit=dev", "--omit=optional", "--ignore-scripts"]) {
      expect(install[0]).toContain(flag);
    }
  });

  it("has the console as it was built, and not what built it", () => {
    const built = "/opt/motown/console/dist";
    expect(last).toContain(`COPY --from=console ${built} ${built}`);
    const copies = last.filter((line) => line.startsWith("COPY ") && line.includes("console"));
    expect(copies).toHaveLength(1);
    expect(fileText(".dockerignore")).toMatch(/^console\/dist$/m);
  });

  it("is run by nobody special, says whether it is well, and starts as npm start does", () => {
    expect(argumentsOf("USER")).toEqual(["10001:10001"]);
    expect(argumentsOf("HEALTHCHECK")[0]).toContain("deploy/docker/health.mjs");
    const [entry = "[]"] = argumentsOf("ENTRYPOINT");
    const [node, ...rest] = JSON.parse(entry) as string[];
    expect(node).toBe("/usr/local/bin/node");
    expect(rest).toEqual([...nodeFlags, "/opt/motown/src/cli/main.ts"]);
    expect(argumentsOf("CMD")).toEqual(['["serve"]']);
  });

  it("is given nothing but what it runs", () => {
    const ignored = fileText(".dockerignore")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(ignored[0]).toBe("*");
    const copied = lines
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1))).toEqual(
      expect.arrayContaining(copied),
    );
  });

  it("knows only settings that are there", () => {
    expect(unknownVariables(variablesIn(dockerfile))).toEqual([]);
  });
});

describe("the unit of systemd", () => {
  const unit = fileText("deploy/systemd/motown.service");

  it("starts as npm start does, and lets Motown drain", () => {
    const [, command = ""] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
    const [node, ...rest] = command.split(" ");
    expect(node).toBe("/opt/motown/node_modules/.bin/node");
    expect(rest).toEqual([...nodeFlags, "/opt/motown/src/main.ts"]);
    expect(unknownVariables(variablesIn(unit))).toEqual([]);
  });
});
