import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { ProfileProblem, type QuirkProfile, readProfiles } from "#ocpp";
import { SettingProblem } from "./setting-problem.ts";

/** Reads the operator's own quirk profiles: a file, or all `*.json` of a folder by their names. */
export function ownProfiles(setting: string | undefined): readonly QuirkProfile[] {
  if (setting === undefined || setting === "") return [];
  const path = resolve(setting);
  try {
    return filesOf(path).flatMap((file) => readProfiles(jsonOf(file), file));
  } catch (error) {
    if (error instanceof SettingProblem) throw error;
    const why = error instanceof ProfileProblem ? error.message : `${path}: ${wordsOf(error)}`;
    throw new SettingProblem(`The quirk profiles cannot be used. ${why}`);
  }
}

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => join(path, name));
}

function jsonOf(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingProblem(`The quirk profiles cannot be used. ${file}: ${wordsOf(error)}`);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
