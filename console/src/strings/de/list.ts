import type { Area } from "../area.ts";
import type { list as english } from "../en/list.ts";

export const list: Area<typeof english> = {
  "list.search": "Suchen",
  "list.any": "alle",
  "list.clear": "Filter löschen",
  "list.without": "Filter {filter} entfernen",
  "list.empty": "Nichts gefunden.",
  "list.none": "Hier ist noch nichts.",
  "list.fromStart": "Von Anfang an",
  "list.loaded": "{count} {count|Zeile|Zeilen} geladen",
  "list.more": "unten mehr",
};
