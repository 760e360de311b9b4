import type { Area } from "../area.ts";
import type { timeline as english } from "../en/timeline.ts";

export const timeline: Area<typeof english> = {
  "timeline.title": "Zeitachse",
  "timeline.events": "Ereignisse",
  "timeline.frames": "Nachrichten",
  "timeline.type": "Ereignis",
  "timeline.action": "Aktion",
  "timeline.searchFor": "Ein Wort in Ereignissen und Nachrichten",
  "timeline.download": "JSONL herunterladen",
  "timeline.downloading": "Anhalten: bisher {count}",
  "timeline.downloadCut": "Die Datei enthält die {count} neuesten jeder Art; für ältere eingrenzen",
  "timeline.loaded": "{count} {count|Eintrag|Einträge}",
  "timeline.none": "Nichts gefunden.",
  "timeline.newer": "Neuere laden",
  "timeline.older": "Ältere laden",
  "timeline.toStation": "an die Station",
  "timeline.fromStation": "von der Station",
  "timeline.position": "Abspielposition",
  "timeline.back": "Einen Schritt zurück",
  "timeline.forward": "Einen Schritt vor",
  "timeline.play": "Abspielen",
  "timeline.pause": "Pause",
  "timeline.live": "live",
};
