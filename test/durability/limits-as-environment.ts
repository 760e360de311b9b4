import type { LimitName } from "#limits";
import { limitSettingName, variableOf } from "../../src/main/setting-table.ts";

/** Limits as the environment of a process that is to have them. */
export function limitsAsEnvironment(
  limits: Readonly<Partial<Record<LimitName, number>>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(limits).map(([name, value]) => [
      variableOf(limitSettingName(name as LimitName)),
      String(value),
    ]),
  );
}
