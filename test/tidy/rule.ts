import { lineAt, type SourceFile, sourceFile } from "./source.ts";

/** One breach of a rule. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly problem: string;
}

/** Files by path: a tree made up to show a rule at work. */
export type Sample = Readonly<Record<string, string>>;

/** A rule about the tree, with samples that prove that it can fail, and that it need not. */
export interface Rule {
  readonly name: string;
  readonly find: (tree: readonly SourceFile[]) => readonly Finding[];
  /** Each of these must be found. */
  readonly bad: readonly Sample[];
  /** None of these may be. */
  readonly good: readonly Sample[];
}

/** A sample as the rules see a tree. */
export function sampleTree(sample: Sample): SourceFile[] {
  return Object.entries(sample).map(([path, text]) => sourceFile(path, text));
}

interface Pattern {
  readonly pattern: RegExp;
  readonly where: (path: string) => boolean;
  /** Search the whole text, comments and strings included. */
  readonly wholeText?: boolean;
  readonly problem: (match: RegExpExecArray) => string | undefined;
}

/** Finds every place that matches a pattern; a problem of `undefined` lets the place pass. */
export function findPattern(tree: readonly SourceFile[], options: Pattern): Finding[] {
  return tree
    .filter((file) => options.where(file.path))
    .flatMap((file) => {
      const text = options.wholeText ? file.text : file.code;
      return [...text.matchAll(options.pattern)].flatMap((match) => {
        const problem = options.problem(match);
        return problem ? [{ path: file.path, line: lineAt(text, match.index), problem }] : [];
      });
    });
}

/** As an editor understands it: `file:line what is wrong`. */
export function printFinding({ path, line, problem }: Finding): string {
  return `${path}:${line} ${problem}`;
}
