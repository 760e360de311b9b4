import type { Area } from "../area.ts";
import type { map as english } from "../en/map.ts";

export const map: Area<typeof english> = {
  "map.title": "Kaart van stations",
  "map.list": "Lijst",
  "map.map": "Kaart",
  "map.view": "Weergave",
  "map.shown": "{count} {count|station|stations} op de kaart",
  "map.without": "{count} zonder coördinaten",
  "map.more": "alleen de eerste {count} worden bekeken: verfijn de selectie",
};
