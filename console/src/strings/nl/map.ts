import type { Area } from "../area.ts";
import type { map as english } from "../en/map.ts";

export const map: Area<typeof english> = {
  "map.title": "Kaart van stations",
  "map.list": "Lijst",
  "map.map": "Kaart",
  "map.view": "Weergave",
  "map.shown": "{count} {count|station|stations} op de kaart",
  "map.shownHere": "{count} {count|station|stations} op dit deel van de kaart",
  "map.without": "Stations zonder coördinaten",
  "map.more": "hier zijn er meer dan getekend kunnen worden: zoom in of verfijn de selectie",
  "map.furtherAge": "verdere: stand van",
  "map.several": "{count} stations: {station} en andere; {faulted} defect",
  "map.zoomIn": "Inzoomen",
  "map.zoomOut": "Uitzoomen",
};
