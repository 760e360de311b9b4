import type { ViewChange } from "#bus";
import { text } from "./columns.ts";
import { defineTable, type View } from "./view.ts";

/** Which version of each view the stored rows come from. */
export const versionsTable = defineTable({
  name: "viewVersions",
  columns: { name: text(), versions: text() },
  key: ["name"],
});

/** The versions that this release builds, as one text. */
export function wantedVersions(views: readonly View[]): string {
  return views
    .map((view) => `${view.name} ${view.version}`)
    .sort()
    .join(", ");
}

/** Notes the versions that are built from now on. */
export function versionChange(versions: string): ViewChange {
  return { table: versionsTable.name, put: [{ name: "views", versions }], remove: [] };
}
