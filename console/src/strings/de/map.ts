import type { Area } from "../area.ts";
import type { map as english } from "../en/map.ts";

export const map: Area<typeof english> = {
  "map.title": "Karte der Stationen",
  "map.list": "Liste",
  "map.map": "Karte",
  "map.view": "Ansicht",
  "map.shown": "{count} {count|Station|Stationen} auf der Karte",
  "map.without": "{count} ohne Koordinaten",
  "map.more": "nur die ersten {count} werden betrachtet: bitte eingrenzen",
};
