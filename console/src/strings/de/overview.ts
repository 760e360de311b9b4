import type { Area } from "../area.ts";
import type { overview as english } from "../en/overview.ts";

export const overview: Area<typeof english> = {
  "overview.title": "Übersicht",
  "overview.stations": "Stationen",
  "overview.connected": "verbunden",
  "overview.ofStations": "von {count} {count|Station|Stationen}",
  "overview.sessions": "Sitzungen jetzt",
  "overview.startedToday": "{count} heute begonnen",
  "overview.power": "Leistung jetzt",
  "overview.powerWhy": "in den laufenden Sitzungen",
  "overview.energy": "Energie heute",
  "overview.energyWhy": "in Sitzungen seit Mitternacht",
  "overview.plot": "Leistung, seit diese Seite offen ist",
  "overview.byState": "Stationen nach Zustand",
  "overview.byStatus": "EVSEs nach Status",
  "overview.attention": "Braucht Aufmerksamkeit",
  "overview.calm": "Nichts braucht jetzt Aufmerksamkeit.",
  "overview.waiting": "{count|Station will|Stationen wollen} herein: annehmen oder nicht",
  "overview.unconfigured": "{count|Station ist|Stationen sind} angenommen, EVSEs unbekannt",
  "overview.unknownTypes": "{count|Typ|Typen} in keinem Katalog",
  "overview.faulted": "{count|EVSE ist|EVSEs sind} gestört",
  "overview.failedRequests": "{count|Anfrage ist|Anfragen sind} heute fehlgeschlagen",
  "overview.parked": "{count|Ereignis|Ereignisse} von Add-ons geparkt",
  "overview.reviews": "{count|Sitzung braucht|Sitzungen brauchen} eine Prüfung",
  "overview.offline": "{count|Station ist|Stationen sind} nicht verbunden",
  "overview.connectFirst": "Verbinden Sie die erste Station",
  "overview.connectHow":
    "Stellen Sie diese Adresse als Zentralsystem ein. Die Station erscheint dann hier und wartet auf die Annahme.",
  "overview.connectHere":
    "{host} ist nur dieser Rechner: eine Station anderswo braucht an dessen Stelle Namen oder Adresse dieses Rechners.",
};
