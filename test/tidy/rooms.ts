import { posix } from "node:path";
import { isGenerated, isTest } from "./paths.ts";
import type { Finding, Rule } from "./rule.ts";
import { type Import, importsOf, type SourceFile } from "./source.ts";

interface Room {
  readonly purpose: string;
  /** Rooms, by the name of their folder. */
  readonly mayImport: readonly string[];
  /** The only libraries allowed, `node:` included. Left out: any. */
  readonly libraries?: readonly string[];
}

/** Who may import whom. */
export const rooms: Readonly<Record<string, Room>> = {
  core: {
    purpose: "decides and evolves; knows nobody",
    mayImport: [],
    libraries: ["@sinclair/typebox"],
  },
  bus: { purpose: "carries commands in, events out; owns the ports", mayImport: ["core"] },
  postgres: {
    purpose: "connections to a PostgreSQL, its schema's steps and its errors in plain words",
    mayImport: ["bus"],
  },
  "event-store": {
    purpose: "remembers events, in order, for ever",
    mayImport: ["core", "bus", "postgres"],
  },
  cluster: {
    purpose: "several nodes: calls, wake-ups, ownership",
    mayImport: ["core", "bus", "postgres"],
  },
  views: { purpose: "answers questions from events", mayImport: ["core", "bus"] },
  ocpp: {
    purpose: "speaks with stations, translates both ways",
    mayImport: ["core", "bus"],
  },
  "add-ons": {
    purpose: "listen to events, send commands, each under its own identity",
    mayImport: ["core", "bus", "views"],
  },
  "operator-api": {
    purpose: "lets operators command and ask",
    mayImport: ["core", "bus", "views"],
  },
  ocpi: { purpose: "speaks with other parties", mayImport: ["core", "bus", "views"] },
  simulator: { purpose: "plays a station; sees only the wire", mayImport: [] },
  cli: { purpose: "commands and shows; sees only the wire", mayImport: [] },
};

/** Files beside the rooms, which know nobody and which rooms import by their own names. */
const leaves = ["limits", "limits-of-nodes", "store-problem"];

/** Rooms that may import no leaf: they are pure, or another program. */
const withoutLeaves = ["core", "simulator"];

/** Libraries for tests alone. The schemas inside `ocpp-rpc` are another matter. */
const testLibraries = ["vitest", "fast-check", "ocpp-rpc"];

/** Who imports what, and what is wrong with it, if anything. */
type Check = (file: SourceFile, wanted: Import) => string | undefined;

const isPlug = (path: string) => path === "src/main.ts" || path.startsWith("src/main/");

function roomOf(path: string): string {
  const [, room = "", inside] = path.split("/");
  return inside === undefined ? "" : room;
}

function leafOf(path: string): string | undefined {
  return leaves.find((leaf) => path === `src/${leaf}.ts`);
}

/** The path inside the project that an import names, or undefined for a library. */
export function resolveImport(from: string, target: string): string | undefined {
  if (target.startsWith(".")) return posix.join(posix.dirname(from), target);
  if (!target.startsWith("#")) return undefined;
  const [room = "", ...rest] = target.slice(1).split("/");
  if (room === "support") return `test/support/${rest.join("/")}.ts`;
  if (leaves.includes(room)) return `src/${room}.ts`;
  return ["src", room, ...rest, "index.ts"].join("/");
}

const betweenRooms: Check = (file, { target }) => {
  const room = roomOf(file.path);
  const known = rooms[room];
  if (known === undefined) return `src/${room} is no room; the rooms are in test/tidy/rooms.ts`;
  const to = resolveImport(file.path, target);
  if (to === undefined) return libraryProblem(file.path, known, target);
  if (to.startsWith("test/")) {
    return isTest(file.path) ? undefined : "only tests import from test/";
  }
  // A program says which release it is.
  if (to === "package.json" && room === "cli") return undefined;
  const leaf = leafOf(to);
  if (leaf !== undefined) {
    if (!target.startsWith("#")) return `say #${leaf}`;
    return withoutLeaves.includes(room) ? `${room} may not import ${leaf}` : undefined;
  }
  const toRoom = roomOf(to);
  if (toRoom === room) return inRoomProblem(room, file.path, target);
  if (!known.mayImport.includes(toRoom)) return `${room} may not import ${toRoom || to}`;
  if (target !== `#${toRoom}`) return `another room is entered through its door: #${toRoom}`;
  return undefined;
};

function inRoomProblem(room: string, path: string, target: string): string | undefined {
  if (target.startsWith("#") && !isTest(path)) {
    return "inside a room, import the file itself (./…), not the room's door";
  }
  if (room !== "add-ons" || target.startsWith("#")) return undefined;
  const [, , own] = path.split("/");
  const [, , other] = (resolveImport(path, target) ?? "").split("/");
  // What all add-ons share lies beside their folders (src/add-ons/*.ts).
  return other === own || other?.endsWith(".ts") || own?.endsWith(".ts")
    ? undefined
    : `an add-on may not import another one (${other})`;
}

function libraryProblem(path: string, room: Room, target: string): string | undefined {
  if (isTest(path)) return undefined;
  if (testLibraries.includes(target)) return `${target} is for tests`;
  if (room.libraries === undefined) return undefined;
  const allowed = room.libraries.some((name) => target === name || target.startsWith(`${name}/`));
  return allowed ? undefined : `${roomOf(path)} may not import ${target}`;
}

const isVersion = (part: string | undefined) => /^v\d/.test(part ?? "");

const insideOcpp: Check = (file, wanted) => {
  if (roomOf(file.path) !== "ocpp" || isTest(file.path)) return undefined;
  const [, , part = "", inside] = file.path.split("/");
  const to = resolveImport(file.path, wanted.target);
  if (isVersion(part)) return versionProblem(part, to, wanted);
  const [, , toPart] = (to ?? "").split("/");
  const isDoor = inside === undefined && /^(index|versions)\.ts$/.test(part);
  const crossesIn = to?.startsWith("src/ocpp/") && isVersion(toPart) && !isDoor;
  return crossesIn ? `ocpp/${part} may not know a version (${toPart})` : undefined;
};

function versionProblem(part: string, to: string | undefined, wanted: Import): string | undefined {
  if (to === undefined) {
    return wanted.target.startsWith("node:") ? "a message row does no input or output" : undefined;
  }
  if (to.startsWith("src/core/")) return undefined;
  if (to.startsWith("src/bus/")) {
    return wanted.typeOnly ? undefined : "a version takes only types from the bus: import type";
  }
  const allowed = [`src/ocpp/${part}/`, "src/ocpp/wire/", "src/ocpp/message.ts"];
  if (allowed.some((start) => to.startsWith(start))) return undefined;
  return `ocpp/${part} may import message.ts, wire/ and its own folder, not ${to}`;
}

const insideChargingStation: Check = (file, { target }) => {
  const home = "src/core/charging-station/";
  if (!file.path.startsWith(home) || isTest(file.path) || file.path === `${home}index.ts`) {
    return undefined;
  }
  const to = resolveImport(file.path, target);
  if (to === undefined || !to.startsWith("src/core/")) return undefined;
  const shared = [`${home}state.ts`, `${home}asking.ts`, "src/core/bounds.ts"];
  const allowed = [...shared, "src/core/kernel/", "src/core/values/"];
  if (allowed.some((start) => to.startsWith(start))) return undefined;
  const stranger = to.slice("src/core/".length);
  return `a capability imports state, asking, bounds, kernel/ and values/, not ${stranger}`;
};

function findings(tree: readonly SourceFile[], check: Check): Finding[] {
  return tree
    .filter((file) => /^src\/.*\.ts$/.test(file.path) && !isGenerated(file.path))
    .filter((file) => !isPlug(file.path) && leafOf(file.path) === undefined)
    .flatMap((file) =>
      importsOf(file).flatMap((wanted) => {
        const problem = check(file, wanted);
        return problem ? [{ path: file.path, line: wanted.line, problem }] : [];
      }),
    );
}

const extension: Check = (_file, { target }) =>
  target.startsWith(".") && !/\.(ts|json|sql)$/.test(target)
    ? `say the whole file name: ${target}.ts`
    : undefined;

export const roomRules: readonly Rule[] = [
  {
    name: "a room imports only the rooms that it may, through their doors",
    find: (tree) => findings(tree, betweenRooms),
    bad: [
      { "src/core/token/index.ts": 'import { runner } from "#ocpp";' },
      { "src/core/token/index.ts": 'import { hash } from "node:crypto";' },
      { "src/core/token/index.ts": 'import { limits } from "#limits";' },
      { "src/views/tokens.ts": 'import { x } from "../core/token/index.ts";' },
      { "src/views/tokens.ts": 'import type { Store } from "#event-store";' },
      { "src/views/tokens.ts": 'export { x } from "#views";' },
      { "src/views/tokens.ts": 'const x = await import("#operator-api");' },
      { "src/bus/story.ts": 'import { story } from "#support/story";' },
      { "src/bus/story.ts": 'import { it } from "vitest";' },
      { "src/bus/story.test.ts": 'import { x } from "#views";' },
      { "src/cli/main.ts": 'import { x } from "#core";' },
      { "src/add-ons/one/index.ts": 'import { x } from "../two/index.ts";' },
      { "src/add-ons/one/index.ts": 'import { x } from "#add-ons/two";' },
      { "src/somewhere/index.ts": 'import { x } from "#core";' },
      { "src/core/token/index.ts": 'import motown from "../../../package.json";' },
    ],
    good: [
      { "src/core/token/index.ts": 'import { Type } from "@sinclair/typebox";' },
      { "src/core/token/index.ts": '// import { runner } from "#ocpp";' },
      { "src/views/tokens.ts": 'import type { Event } from "#core";\nimport { x } from "./y.ts";' },
      { "src/bus/story.test.ts": 'import { story } from "#support/story";\nimport "vitest";' },
      { "src/add-ons/one/index.ts": 'import { defineAddOn } from "../define-add-on.ts";' },
      { "src/ocpp/v1_6/x.gen.ts": 'import { x } from "anything";' },
      { "src/main.ts": 'import { x } from "#ocpp/gateway";' },
      { "src/cli/main.ts": 'import motown from "../../package.json" with { type: "json" };' },
    ],
  },
  {
    name: "inside ocpp, versions know no one and no one knows a version",
    find: (tree) => findings(tree, insideOcpp),
    bad: [
      { "src/ocpp/v1_6/messages/reset.ts": 'import { x } from "../../v2_1/translate.ts";' },
      { "src/ocpp/v1_6/messages/reset.ts": 'import { x } from "../../rpc/frames.ts";' },
      { "src/ocpp/v1_6/messages/reset.ts": 'import { dispatch } from "#bus";' },
      { "src/ocpp/v1_6/messages/reset.ts": 'import { readFile } from "node:fs";' },
      { "src/ocpp/gateway/upgrade.ts": 'import { v } from "../v1_6/index.ts";' },
      { "src/ocpp/message.ts": 'import type { v } from "./v1_6/index.ts";' },
    ],
    good: [
      {
        "src/ocpp/v1_6/messages/reset.ts":
          'import { toStation } from "../../message.ts";\nimport type { C } from "#bus";\n' +
          'import { type A, type B } from "#bus";\nimport { code } from "../translate.ts";\n' +
          'import type { Call } from "../../wire/mend.ts";\nimport { reject } from "#core";',
      },
      { "src/ocpp/versions.ts": 'import { v } from "./v1_6/index.ts";' },
      { "src/ocpp/rpc/calls.ts": 'import { frame } from "./frames.ts";' },
    ],
  },
  {
    name: "a capability of the charging station knows no other capability",
    find: (tree) => findings(tree, insideChargingStation),
    bad: [
      { "src/core/charging-station/reservation.ts": 'import { x } from "./transactions.ts";' },
      { "src/core/charging-station/reservation.ts": 'import { x } from "./index.ts";' },
      { "src/core/charging-station/reservation.ts": 'import type { x } from "../token/index.ts";' },
    ],
    good: [
      {
        "src/core/charging-station/reservation.ts":
          'import { x } from "./state.ts";\nimport { y } from "../kernel/decider.ts";\n' +
          'import { z } from "../values/evse.ts";',
        "src/core/charging-station/index.ts": 'import { x } from "./reservation.ts";',
      },
    ],
  },
  {
    name: "a relative import names the whole file",
    find: (tree) => findings(tree, extension),
    bad: [{ "src/bus/a.ts": 'import { b } from "./b";' }],
    good: [{ "src/bus/a.ts": 'import { b } from "./b.ts";' }],
  },
];
