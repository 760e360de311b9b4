import type { Area } from "../area.ts";
import type { station as english } from "../en/station.ts";

export const station: Area<typeof english> = {
  "station.identity": "Identität",
  "station.serialNumber": "Seriennummer",
  "station.lastBoot": "Letzter Start",
  "station.address": "Adresse",
  "station.connectedSince": "Verbunden seit",
  "station.accepted": "Angenommen",
  "station.availability": "Verfügbarkeit",
  "station.evses": "EVSEs",
  "station.evse": "EVSE {number}",
  "station.noEvse": "Von ihr ist noch keine EVSE bekannt.",
  "station.since": "seit",
  "station.error": "Fehler",
  "station.connectors": "Anschlüsse",
  "station.accept": "Annehmen",
  "station.acceptDone": "{station} ist angenommen.",
  "station.ask": "Die Station fragen",
  "station.risk":
    "Dort {count|läuft|laufen} {count} {count|Sitzung, die|Sitzungen, die} dadurch enden {count|kann|können}.",
  "station.inoperative": "außer Betrieb",
  "station.operative": "in Betrieb",
};
