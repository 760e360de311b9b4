import { posix } from "node:path";
import { isConsole, isGenerated, isOurCode, isProduct, isTest, speaksTheWire } from "./paths.ts";
import { type Finding, findPattern, type Rule } from "./rule.ts";
import type { SourceFile } from "./source.ts";

const isHandwritten = (path: string) => isOurCode(path) && !isGenerated(path);

/** Words of other systems, or of one protocol version, and ours. See docs/glossary.md. */
const wrongWords: readonly (readonly [wrong: string, ours: string])[] = [
  ["chargePoint", "chargingStation"],
  ["chargeBox", "chargingStation"],
  ["chargerId", "stationId"],
  ["centralSystem", "csms"],
  ["parentIdTag", "groupToken"],
  ["idTag", "identifyingToken"],
  ["groupIdToken", "groupToken"],
  ["idToken", "identifyingToken"],
  ["rfid", "identifyingToken"],
  ["whitelist", "authorizationList"],
  ["blacklist", "authorizationList"],
  ["localList", "authorizationList"],
  ["wampMessage", "call"],
  ["readModel", "view"],
  ["authz", "permission, or authorize"],
  ["dto", "view, or payload"],
];

/** Matches a word as a whole part of a name: `idTag`, `anIdTag`, `ID_TAG`, but not `gridTag`. */
function wordPattern(word: string): string {
  const first = word.charAt(0);
  const rest = word.slice(1);
  const snake = word.replace(/[A-Z]/g, "_$&").toUpperCase();
  const start = `(?<![A-Za-z])${first}${rest}|${first.toUpperCase()}${rest}`;
  return `(?:${start}|(?<![A-Z])${snake})(?:e?s)?(?![a-z])`;
}

const wrongWord = new RegExp(wrongWords.map(([wrong]) => `(${wordPattern(wrong)})`).join("|"), "g");

function rightWord(match: RegExpExecArray): string {
  const at = match.slice(1).findIndex((group) => group !== undefined);
  return wrongWords[at]?.[1] ?? "";
}

const camelCase = (path: string) =>
  posix.basename(path).replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());

function wrongWordsIn(tree: readonly SourceFile[]): Finding[] {
  const where = (path: string) =>
    (isProduct(path) || isConsole(path)) &&
    !speaksTheWire(path) &&
    !(isTest(path) && path.startsWith("src/ocpp/"));
  const inNames = tree
    .filter(({ path }) => where(path))
    .flatMap(({ path }) =>
      [...camelCase(path).matchAll(wrongWord)].map((match) => ({
        path,
        line: 1,
        problem: `the file's name says ${match[0]}; our word is ${rightWord(match)}`,
      })),
    );
  const inCode = findPattern(tree, {
    pattern: wrongWord,
    where,
    problem: (match) => `${match[0]}: our word is ${rightWord(match)}`,
  });
  return [...inNames, ...inCode];
}

const filePattern =
  /^[a-z0-9]+(-[a-z0-9]+)*(\.(int|e2e))?(\.(test|gen|config|bench|d))?\.(tsx?|mjs|js)$/;
const folderPattern = /^(v\d+(_\d+)+|[a-z0-9]+(-[a-z0-9]+)*)$/;

function badFileNames(tree: readonly SourceFile[]): Finding[] {
  return tree.filter(isNamedBadly).map(({ path }) => ({
    path,
    line: 1,
    problem: "files and folders are kebab-case, versions are like v1_6",
  }));
}

function isNamedBadly({ path }: SourceFile): boolean {
  if (!isOurCode(path)) return false;
  const folders = path.split("/").slice(0, -1);
  return (
    !filePattern.test(posix.basename(path)) || folders.some((folder) => !folderPattern.test(folder))
  );
}

const declares = "interface|type|class|const|let|function";
const emptyEndings = "Impl|Utils?|Helpers?|Manager|Base|Data|Info";
const emptyName = new RegExp(`\\b(?:${declares})\\s+(\\w+(?:${emptyEndings}))\\b`, "g");

export const nameRules: readonly Rule[] = [
  {
    name: "names use the glossary's words",
    find: wrongWordsIn,
    bad: [
      { "src/core/a.ts": "const chargePointId = 1;" },
      { "src/core/a.ts": "const theIdTag = 1;" },
      { "src/views/a.ts": "interface ChargeBoxes {}" },
      { "src/bus/a.ts": "const MAX_ID_TAG = 20;" },
      { "src/ocpp/rpc/a.ts": "const centralSystem = 1;" },
      { "src/views/local-list.ts": "" },
    ],
    good: [
      { "src/ocpp/v1_6/a.ts": "const idTag = 1;", "src/simulator/a.ts": "const idTag = 1;" },
      { "src/core/a.ts": "const gridTag = 1; const validTags = 2; // idTag on the wire" },
      { "src/core/a.ts": "const evidToken = 1; const idTagged = 2;" },
    ],
  },
  {
    name: "no interface is called I…",
    find: (tree) =>
      findPattern(tree, {
        pattern: /\b(?:interface|type|class)\s+(I[A-Z][a-z]\w*)/g,
        where: isHandwritten,
        problem: (match) => `${match[1]}: say what it is, without the I`,
      }),
    bad: [{ "src/bus/a.ts": "interface IStore {}" }, { "src/bus/a.ts": "class IStore {}" }],
    good: [{ "src/bus/a.ts": "interface Ids {}\ntype IdentifyingToken = 1;" }],
  },
  {
    name: "no name ends in a word that says nothing",
    find: (tree) =>
      findPattern(tree, {
        pattern: emptyName,
        where: (path) => isHandwritten(path) && !speaksTheWire(path),
        problem: (match) => `${match[1]}: say what it is or does`,
      }),
    bad: [
      { "src/bus/a.ts": "class StoreImpl {}" },
      { "src/bus/a.ts": "const evseInfo = 1;" },
      { "src/bus/a.ts": "export interface StationData {}" },
      { "src/bus/a.ts": "function dateUtil() {}" },
    ],
    good: [
      { "src/bus/a.ts": "const data = 1; const database = 2; type Info = 3;" },
      { "src/ocpp/v1_6/a.ts": "const idTagInfo = 1;" },
    ],
  },
  {
    name: "no name starts with an underscore, unless it is not used",
    find: (tree) =>
      findPattern(tree, {
        pattern: /(?:\b(?:const|let|function|class|private|readonly)\s+|this\.)(_\w+)/g,
        where: isHandwritten,
        problem: (match) => `${match[1]}: what is private is #private`,
      }),
    bad: [{ "src/bus/a.ts": "const _a = 1;" }, { "src/bus/a.ts": "this._a = 1;" }],
    good: [{ "src/bus/a.ts": "list.map((_item, at) => at);" }],
  },
  {
    name: "files and folders are kebab-case",
    find: badFileNames,
    bad: [{ "src/bus/CommandBus.ts": "" }, { "src/eventStore/index.ts": "" }],
    good: [{ "src/ocpp/v1_6/payloads.gen.ts": "", "src/bus/command-bus.int.test.ts": "" }],
  },
];
