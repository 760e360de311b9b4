import type { Area } from "../area.ts";
import type { timeline as english } from "../en/timeline.ts";

export const timeline: Area<typeof english> = {
  "timeline.title": "Tijdlijn",
  "timeline.events": "Gebeurtenissen",
  "timeline.frames": "Berichten",
  "timeline.type": "Gebeurtenis",
  "timeline.action": "Actie",
  "timeline.searchFor": "Elk woord in gebeurtenissen en berichten",
  "timeline.download": "JSONL downloaden",
  "timeline.downloading": "Stoppen: tot nu toe {count}",
  "timeline.downloadCut":
    "Het bestand bevat de {count} nieuwste van elke soort; verfijn voor oudere",
  "timeline.loaded": "{count} {count|regel|regels}",
  "timeline.none": "Niets gevonden.",
  "timeline.newer": "Nieuwere laden",
  "timeline.older": "Oudere laden",
  "timeline.toStation": "naar het station",
  "timeline.fromStation": "van het station",
  "timeline.position": "Afspeelpositie",
  "timeline.back": "Een stap terug",
  "timeline.forward": "Een stap vooruit",
  "timeline.play": "Afspelen",
  "timeline.pause": "Pauzeren",
  "timeline.live": "live",
};
