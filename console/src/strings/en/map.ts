/** The map of stations. */
export const map = {
  "map.title": "Map of stations",
  "map.list": "List",
  "map.map": "Map",
  "map.view": "View",
  "map.shown": "{count} {count|station|stations} on the map",
  "map.shownHere": "{count} {count|station|stations} in this part of the map",
  "map.without": "Stations without coordinates",
  "map.more": "more are here than can be drawn: zoom in, or narrow them down",
  "map.furtherAge": "further ones as of",
  "map.several": "{count} stations: {station} and others; {faulted} faulted",
  "map.zoomIn": "Zoom in",
  "map.zoomOut": "Zoom out",
} as const;
