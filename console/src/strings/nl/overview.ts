import type { Area } from "../area.ts";
import type { overview as english } from "../en/overview.ts";

export const overview: Area<typeof english> = {
  "overview.title": "Overzicht",
  "overview.stations": "Stations",
  "overview.connected": "verbonden",
  "overview.ofStations": "van {count} {count|station|stations}",
  "overview.sessions": "Sessies nu",
  "overview.startedToday": "{count} vandaag begonnen",
  "overview.power": "Vermogen nu",
  "overview.powerWhy": "in de lopende sessies",
  "overview.energy": "Energie vandaag",
  "overview.energyWhy": "in sessies sinds middernacht",
  "overview.plot": "Vermogen sinds deze pagina open is",
  "overview.byState": "Stations per toestand",
  "overview.byStatus": "EVSE's per status",
  "overview.attention": "Vraagt aandacht",
  "overview.calm": "Niets vraagt nu aandacht.",
  "overview.waiting": "{count|station wil|stations willen} erin: toelaten of niet",
  "overview.unconfigured": "{count|station is|stations zijn} toegelaten, EVSE's onbekend",
  "overview.unknownTypes": "{count|type|typen} in geen catalogus",
  "overview.faulted": "{count|EVSE is|EVSE's zijn} defect",
  "overview.failedRequests": "{count|verzoek is|verzoeken zijn} vandaag mislukt",
  "overview.parked": "{count|gebeurtenis|gebeurtenissen} geparkeerd door add-ons",
  "overview.reviews": "{count|sessie moet|sessies moeten} worden gecontroleerd",
  "overview.offline": "{count|station is|stations zijn} niet verbonden",
  "overview.connectFirst": "Verbind het eerste station",
  "overview.connectHow":
    "Stel dit adres in als centraal systeem. Het verschijnt dan hier en wacht op toelating.",
  "overview.connectHere":
    "{host} is alleen deze machine: een station elders heeft in plaats daarvan de naam of het adres van deze machine nodig.",
};
