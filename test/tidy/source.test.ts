import { describe, expect, it } from "vitest";
import { functionsIn } from "./functions.ts";
import { codeOf, importsOf, sourceFile } from "./source.ts";

describe("codeOf", () => {
  it.each([
    ["a // b\nc", "a     \nc"],
    ["a /* b\nc */ d", "a     \n     d"],
    ['a("b\\"c", 1)', 'a("    ", 1)'],
    ["a('b')", "a(' ')"],
    ["`a${b}c`", "` ${b} `"],
    ["`a${f({ b: `c${d}` })}e` + g", "` ${f({ b: ` ${d}` })} ` + g"],
    ['const a = /[/"]\\//.test(b);', "const a =         .test(b);"],
    ["a / b / c", "a / b / c"],
    ["f(a) / 2 // x", "f(a) / 2     "],
    ["return /'/;", "return    ;"],
  ])("blanks what is not code: %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});

describe("importsOf", () => {
  it("lists every kind of import with its line", () => {
    const text = [
      'import a, { b } from "one";',
      'import type { C } from "two";',
      'import { type D, type E } from "three";',
      "import {\n  f,\n  type G,\n} from './four.ts';",
      'export * from "five";',
      'import "six";',
      'const h = await import("seven");',
      'new Worker(new URL("./eight.ts", import.meta.url));',
      '// import "nine";',
      "const text = 'import \"ten\"';",
      'import schema from "eleven.json" with { type: "json" };',
    ].join("\n");
    const found = importsOf(sourceFile("src/a.ts", text));
    expect(found.map(({ target, line, typeOnly }) => [target, line, typeOnly])).toEqual([
      ["one", 1, false],
      ["two", 2, true],
      ["three", 3, true],
      ["./four.ts", 4, false],
      ["five", 8, false],
      ["eleven.json", 14, false],
      ["six", 9, false],
      ["seven", 10, false],
      ["./eight.ts", 11, false],
    ]);
  });
});

describe("functionsIn", () => {
  it.each([
    ["function a() { b }", 1],
    ["const a = () => { b };", 1],
    ["const a = (b: { c: 1 }): { d: 2 } => { e };", 1],
    ["class A { b(): void { c } get d(): string { e } }", 2],
    ["function a(): () => void { b }", 1],
    ["function a(b: string): asserts b is 'x' | 'y' { c }", 1],
    ["if (a) { b } else { c } while (d) { e } for await (const f of g()) { h }", 0],
    ["const a = b ? (c) : d; const e = { f: (g), h: { i: 1 } };", 0],
    ["interface A { b(c: string): void; d(): { e: 1 } }", 0],
    ["try { a() } catch (b) { c } switch (d) { case (e): { f } }", 0],
  ])("counts the functions of %s", (code, count) => {
    expect(functionsIn(codeOf(code))).toHaveLength(count);
  });
});
