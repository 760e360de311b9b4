import { isConsole, isTest } from "./paths.ts";
import { resolveImport } from "./rooms.ts";
import { type Finding, findPattern, type Rule } from "./rule.ts";
import { importsOf, type SourceFile } from "./source.ts";

/** All that the console is made of, beside itself. */
const libraries = [
  "react",
  "react-dom",
  "@mantine/core",
  "@mantine/hooks",
  "@tanstack/react-query",
  "@tanstack/react-router",
  "@tanstack/react-virtual",
  "uplot",
  "leaflet",
];

const isOf = (target: string, library: string) =>
  target === library || target.startsWith(`${library}/`);

function strangers(tree: readonly SourceFile[]): Finding[] {
  return tree.flatMap((file) =>
    importsOf(file).flatMap(({ target, line }) => {
      const problem = strangerProblem(file.path, target);
      return problem === undefined ? [] : [{ path: file.path, line, problem }];
    }),
  );
}

function strangerProblem(path: string, target: string): string | undefined {
  const to = resolveImport(path, target);
  const isInside = to?.startsWith("console/") ?? false;
  if (!path.startsWith("console/src/")) {
    return isInside && path.startsWith("src/") ? "the console is a program of its own" : undefined;
  }
  if (isTest(path) && target === "vitest") return undefined;
  if (to === undefined) {
    const isKnown = libraries.some((library) => isOf(target, library));
    return isKnown
      ? undefined
      : `${target} is none of the console's libraries (test/tidy/console.ts)`;
  }
  if (!isInside) return "the console sees the API alone, through its generated client";
  return /\.(tsx?|css)$/.test(to) ? undefined : `say the whole file name: ${target}.ts`;
}

/** The one file that speaks to the server. */
const wire = "console/src/api/call.ts";

/** Text between elements, and attributes that are read. */
const readable = new RegExp(
  [/>\s*([A-Za-z][^<>{}()=;\n]*?)\s*<\//, /\b(?:label|title|placeholder|aria-label|alt)="([^"]*)"/]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** A name, and what is the same in every language. */
const untranslated = /^(Motown|OCPP|JSON|API|EVSE|URL|CSV)$/;

/** What makes a button or a field one that cannot be used: an attribute, or one that is spread. */
const disabling =
  /\bdisabled=\{((?:[^{}]|\{[^{}]*\})*)\}|\{\.\.\.\(([^?{}]*)\?[^}]*\}[^}]*"data-disabled"/g;

/** What the server judges by. A console that looked at it itself would have the rule twice. */
const judgedByServer = new RegExp(
  [
    "\\b(?:state|status|accepted|configured|decommissioned|connected|connection)\\b",
    "\\b(?:availability|reservable|openTransactions|\\w*[aA]dministrator)\\b",
    '"(?:waiting|unaccepted|unconfigured|operational)"',
  ].join("|"),
);

/** Hooks by which something is changed or asked of a station. */
const acting = /\buse(?:Act|StationRequest)\(/g;

/** Parts that draw a button by the API's word. */
const byItsWord = /<(?:ActButton|ActItem|StationAction|Sure)\b/;

export const consoleRules: readonly Rule[] = [
  {
    name: "the console sees the API alone, and nobody sees the console",
    find: strangers,
    bad: [
      { "console/src/a.tsx": 'import { x } from "#core";' },
      { "console/src/a.tsx": 'import { x } from "../../src/core/index.ts";' },
      { "console/src/a.tsx": 'import x from "lodash";' },
      { "console/src/a.ts": 'import { x } from "./b";' },
      { "console/src/a.ts": 'import { it } from "vitest";' },
      { "src/main.ts": 'import { x } from "../console/src/a.ts";' },
    ],
    good: [
      {
        "console/src/a.tsx":
          'import { Card } from "@mantine/core";\nimport { b } from "./b.ts";\n' +
          'import classes from "./a.module.css";\nimport "uplot/dist/uPlot.min.css";',
        "console/src/a.test.ts": 'import { it } from "vitest";\nimport { a } from "./a.tsx";',
      },
    ],
  },
  {
    name: "only one file of the console speaks to the server",
    find: (tree) =>
      findPattern(tree, {
        pattern: /\bfetch\s*\(|\bnew (?:EventSource|WebSocket|XMLHttpRequest)\b/g,
        where: (path) => isConsole(path) && path !== wire,
        problem: () => `ask through ${wire}, which is typed by the API's own document`,
      }),
    bad: [
      { "console/src/a.ts": 'await fetch("/api/v1/me");' },
      { "console/src/a.ts": 'new EventSource("/api/v1/changes");' },
    ],
    good: [{ [wire]: "await fetch(url);", "console/src/a.ts": "refetch(); prefetch();" }],
  },
  {
    name: "what people read in the console is in its catalogues",
    find: (tree) =>
      findPattern(tree, {
        pattern: readable,
        wholeText: true,
        where: (path) => isConsole(path) && path.endsWith(".tsx"),
        problem: ([, text, attribute]) => {
          const said = (text ?? attribute ?? "").trim();
          if (untranslated.test(said)) return undefined;
          return `"${said}": say it by a key of strings/, in every language`;
        },
      }),
    bad: [
      { "console/src/a.tsx": "<Text>No stations</Text>" },
      { "console/src/a.tsx": '<TextInput label="Name" />' },
      { "console/src/a.tsx": "<Text\n  size={1}\n>\n  No stations\n</Text>" },
    ],
    good: [
      { "console/src/a.tsx": '<Text>Motown</Text><Text>{t("list.empty")}</Text>' },
      { "console/src/a.tsx": 'const a: Map<string, b> = <T,>(c: T) => c;\n<A label={t("a")} />' },
    ],
  },
  {
    name: "what the console does is done by a button that follows the API's word",
    find: (tree) =>
      findPattern(
        tree.filter(({ code }) => !byItsWord.test(code)),
        {
          pattern: acting,
          where: (path) => isConsole(path) && path.endsWith(".tsx"),
          problem: () => "draw its button with rights/act-button.tsx",
        },
      ),
    bad: [
      { "console/src/a.tsx": 'const add = useAct("postUsers");\n<Button onClick={add.mutate} />' },
      { "console/src/a.tsx": "const ask = useStationRequest(stationId);" },
    ],
    good: [
      {
        "console/src/a.tsx":
          'const add = useAct("postUsers");\n<ActButton may={{ operation: "postUsers" }} />',
        "console/src/b.tsx": "const { data } = useAnswer(operation, {});\n<Button />",
        "console/src/use-b.ts": "const ask = useStationRequest(stationId);",
      },
    ],
  },
  {
    name: "nothing in the console is disabled by a state or a right that the server judges",
    find: (tree) =>
      findPattern(tree, {
        pattern: disabling,
        wholeText: true,
        where: (path) => isConsole(path) && path.endsWith(".tsx"),
        problem: ([, given, spread]) => {
          const [word] = judgedByServer.exec(given ?? spread ?? "") ?? [];
          if (word === undefined) return undefined;
          return `disabled by ${word}: ask the API what is allowed (rights/use-may.ts)`;
        },
      }),
    bad: [
      { "console/src/a.tsx": '<Button disabled={station.state === "waiting"} />' },
      { "console/src/a.tsx": "<Button\n  aria-disabled={\n    !user.administrator\n  }\n/>" },
      { "console/src/a.tsx": '<A {...(isOpen || accepted ? {} : { "data-disabled": true })} />' },
    ],
    good: [
      {
        "console/src/a.tsx":
          '<Button disabled={text === "" || rows.length === 0} />\n' +
          "<Button aria-disabled={found?.allowed !== true} />\n" +
          '<A {...(allowed ? {} : { "data-disabled": true, closeMenuOnClick: false })} />',
      },
    ],
  },
];
