import { expect, it } from "vitest";
import { formsNamed, longForms } from "./forms.ts";
import { runForm, tableOf } from "./run.ts";

const [first] = longForms;
if (first === undefined) throw new Error("there is no long form");

const program = (script: string) => () =>
  [process.execPath, "--eval", script] as const satisfies readonly string[];

it("passes on what a form says, and judges it by its end", async () => {
  const heard: string[] = [];
  const output = (text: string) => heard.push(text);
  const good = runForm(first, { output, start: program("console.log('all well')") });
  expect(await good.result).toMatchObject({ passed: true, ended: "exit 0", said: "all well" });
  const bad = runForm(first, { output, start: program("console.error('no'); process.exit(3)") });
  const failed = await bad.result;
  expect(failed).toMatchObject({ passed: false, ended: "exit 3", said: "no" });
  expect(heard.join("")).toBe("all well\nno\n");
  expect(tableOf([failed])).toContain(`${first.name}  FAILED`);
});

it("ends a form that is interrupted, and one that cannot be started has failed", async () => {
  const running = runForm(first, { output: () => {}, start: program("setInterval(() => 0, 9)") });
  running.stop("SIGTERM");
  expect(await running.result).toMatchObject({ passed: false, ended: "SIGTERM" });
  const missing = runForm(first, { output: () => {}, start: () => ["/no/such/program"] });
  expect(await missing.result).toMatchObject({
    passed: false,
    ended: expect.stringMatching(/ENOENT/),
  });
});

it("runs the named ones in the table's order, and refuses a name that is none", () => {
  expect(formsNamed([])).toEqual(longForms);
  expect(formsNamed(["kill", "syncs"]).map(({ name }) => name)).toEqual(["syncs", "kill"]);
  expect(() => formsNamed(["slow"])).toThrow(/no long form is called slow; there are syncs/);
});
