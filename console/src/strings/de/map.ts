import type { Area } from "../area.ts";
import type { map as english } from "../en/map.ts";

export const map: Area<typeof english> = {
  "map.title": "Karte der Stationen",
  "map.list": "Liste",
  "map.map": "Karte",
  "map.view": "Ansicht",
  "map.shown": "{count} {count|Station|Stationen} auf der Karte",
  "map.shownHere": "{count} {count|Station|Stationen} in diesem Teil der Karte",
  "map.without": "Stationen ohne Koordinaten",
  "map.more": "hier sind mehr, als gezeichnet werden können: näher heran oder eingrenzen",
  "map.furtherAge": "weitere: Stand",
  "map.several": "{count} Stationen: {station} und andere; {faulted} gestört",
  "map.zoomIn": "Näher heran",
  "map.zoomOut": "Weiter weg",
};
