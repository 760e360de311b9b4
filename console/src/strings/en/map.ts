/** The map of stations. */
export const map = {
  "map.title": "Map of stations",
  "map.list": "List",
  "map.map": "Map",
  "map.view": "View",
  "map.shown": "{count} {count|station|stations} on the map",
  "map.without": "{count} without coordinates",
  "map.more": "only the first {count} are looked at: narrow them down",
} as const;
