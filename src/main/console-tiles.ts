import { type Tiles, tilesOf } from "#operator-api";
import { SettingProblem } from "./setting-problem.ts";
import type { Settings } from "./settings.ts";

/** Where the console's map takes its tiles from, by the settings; undefined: from nowhere. */
export function consoleTiles({
  consoleTileUrl: url,
  consoleTileAttribution: attribution,
}: Pick<Settings, "consoleTileUrl" | "consoleTileAttribution">): Tiles | undefined {
  if (url === undefined) return undefined;
  const tiles = tilesOf(url, attribution);
  if (typeof tiles !== "string") return tiles;
  throw new SettingProblem(
    `--console-tile-url (MOTOWN_CONSOLE_TILE_URL) cannot be used: ${tiles}. ` +
      "It looks like https://tiles.example.org/{z}/{x}/{y}.png.",
  );
}
