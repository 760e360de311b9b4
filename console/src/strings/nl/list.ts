import type { Area } from "../area.ts";
import type { list as english } from "../en/list.ts";

export const list: Area<typeof english> = {
  "list.search": "Zoeken",
  "list.any": "alle",
  "list.clear": "Filters wissen",
  "list.without": "Filter {filter} weghalen",
  "list.empty": "Niets gevonden.",
  "list.none": "Hier is nog niets.",
  "list.fromStart": "Vanaf het begin",
  "list.loaded": "{count} {count|rij|rijen} geladen",
  "list.more": "meer hieronder",
};
