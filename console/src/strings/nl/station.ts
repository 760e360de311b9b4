import type { Area } from "../area.ts";
import type { station as english } from "../en/station.ts";

export const station: Area<typeof english> = {
  "station.identity": "Identiteit",
  "station.serialNumber": "Serienummer",
  "station.lastBoot": "Laatste start",
  "station.address": "Adres",
  "station.connectedSince": "Verbonden sinds",
  "station.accepted": "Toegelaten",
  "station.availability": "Beschikbaarheid",
  "station.evses": "EVSE's",
  "station.evse": "EVSE {number}",
  "station.noEvse": "Er is nog geen EVSE van bekend.",
  "station.since": "sinds",
  "station.error": "Fout",
  "station.connectors": "Connectoren",
  "station.accept": "Toelaten",
  "station.acceptDone": "{station} is toegelaten.",
  "station.ask": "Vraag het station",
  "station.risk":
    "Daar {count|loopt|lopen} {count} {count|sessie die|sessies die} hierdoor {count|kan|kunnen} eindigen.",
  "station.inoperative": "buiten bedrijf",
  "station.operative": "in bedrijf",
};
