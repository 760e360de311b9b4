/**
 * A light reader of TypeScript: tells code from comments, strings and regular expressions, and
 * lists imports. It knows no grammar beyond that, which is all that the rules need.
 */

/** A file as the rules see it. */
export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** The text with comments, and what is inside strings and regular expressions, blanked. */
  readonly code: string;
}

/** One import, re-export or worker file. */
export interface Import {
  readonly line: number;
  readonly target: string;
  readonly typeOnly: boolean;
}

/** Reads a file's text; everything that is not JavaScript or TypeScript stays as it is. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, code: /\.(tsx?|mjs|js)$/.test(path) ? codeOf(text) : text };
}

/** The line number, from 1, of a place in the text. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let i = text.indexOf("\n"); i !== -1 && i < at; i = text.indexOf("\n", i + 1)) line += 1;
  return line;
}

const fromClause = /\b(import|export)(\s+type\b)?([^;"'`()]*?)\bfrom\s*(["'])([^"'\n]+)\4/g;
const sideEffect = /\bimport\s*(["'])([^"'\n]+)\1/g;
const dynamic = /\bimport\s*\(\s*(["'])([^"'\n]+)\1/g;
const workerFile = /\bnew\s+URL\s*\(\s*(["'])([^"'\n]+\.ts)\1/g;

/** Everything that a file imports, including files it starts as workers. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (match: RegExpExecArray, target: string | undefined, typeOnly: boolean) => {
    // An import inside a comment or a string is no import.
    const isCode = file.code[match.index] === file.text[match.index];
    if (isCode && target) found.push({ line: lineAt(file.text, match.index), target, typeOnly });
  };
  for (const match of file.text.matchAll(fromClause)) {
    add(match, match[5], match[2] !== undefined || namesOnlyTypes(match[3] ?? ""));
  }
  for (const pattern of [sideEffect, dynamic, workerFile]) {
    for (const match of file.text.matchAll(pattern)) add(match, match[2], false);
  }
  return found;
}

function namesOnlyTypes(clause: string): boolean {
  const names = clause.trim().match(/^\{([\s\S]*)\}$/)?.[1];
  if (names === undefined) return false;
  const each = names.split(",").filter((name) => name.trim() !== "");
  return each.length > 0 && each.every((name) => /^\s*type\s/.test(name));
}

const beforeRegex = /(^|[([{,;=:!&|?+\-*%~^<>}]|\b(return|typeof|case|in|of|do|else|void|await))$/;

/** Blanks what is not code. Line breaks and quote marks stay, so that places keep their line. */
export function codeOf(text: string): string {
  let out = "";
  let at = 0;
  // For each open template, how many braces are open inside its current ${…}.
  const templates: number[] = [];
  const copy = (to: number) => {
    out += text.slice(at, to);
    at = to;
  };
  const blank = (to: number) => {
    out += text.slice(at, to).replace(/[^\n]/g, " ");
    at = to;
  };
  const template = () => {
    const end = endOfTemplatePart(text, at);
    blank(end);
    if (text[end] === "`") {
      copy(end + 1);
      return;
    }
    templates.push(0);
    copy(end + 2);
  };
  while (at < text.length) {
    const here = text[at] ?? "";
    const two = text.slice(at, at + 2);
    if (two === "//") blank(endOf(text, "\n", at));
    else if (two === "/*") blank(endOf(text, "*/", at + 2) + 2);
    else if (here === '"' || here === "'") {
      copy(at + 1);
      blank(endOfQuoted(text, at, here));
      copy(at + 1);
    } else if (here === "`") {
      copy(at + 1);
      template();
    } else if (here === "/" && text[at - 1] === "<") {
      // The end of an element: `</Text>`.
      copy(at + 1);
    } else if (here === "/" && beforeRegex.test(out.slice(-40).trimEnd())) {
      blank(endOfRegex(text, at + 1));
    } else if (here === "}" && templates.at(-1) === 0) {
      templates.pop();
      copy(at + 1);
      template();
    } else {
      const open = templates.length - 1;
      if (open >= 0 && here === "{") templates[open] = (templates[open] ?? 0) + 1;
      if (open >= 0 && here === "}") templates[open] = (templates[open] ?? 0) - 1;
      copy(at + 1);
    }
  }
  return out;
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end;
}

function endOfQuoted(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== quote && text[at] !== "\n") {
    at += text[at] === "\\" ? 2 : 1;
  }
  return at;
}

function endOfTemplatePart(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "`" && !text.startsWith("${", at)) {
    at += text[at] === "\\" ? 2 : 1;
  }
  return at;
}

function endOfRegex(text: string, from: number): number {
  let inClass = false;
  for (let at = from; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    else if (text[at] === "/" && !inClass) return at + 1;
  }
  return from;
}
