import type { ViewChange, ViewTable } from "#bus";
import { text } from "./columns.ts";
import { defineTable, type View, viewTableOf } from "./view.ts";

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

/** All tables of these views, and the one of their versions. */
export function tablesOf(views: readonly View[]): readonly ViewTable[] {
  const tables = new Map(views.map(({ table }) => [table.name, viewTableOf(table)]));
  return [...tables.values(), viewTableOf(versionsTable)];
}

/** What tells tables that this release builds from those of another. */
export function shapeOf(views: readonly View[]): string {
  return JSON.stringify([wantedVersions(views), tablesOf(views)]);
}

/** Notes the versions that are built from now on. */
export function versionChange(versions: string): ViewChange {
  return { table: versionsTable.name, put: [{ name: "views", versions }], remove: [] };
}
