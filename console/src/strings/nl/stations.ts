import type { Area } from "../area.ts";
import type { stations as english } from "../en/stations.ts";

export const stations: Area<typeof english> = {
  "stations.title": "Stations",
  "stations.station": "Station",
  "stations.state": "Toestand",
  "stations.status": "Status",
  "stations.connection": "Verbinding",
  "stations.online": "verbonden",
  "stations.offline": "niet verbonden",
  "stations.model": "Type",
  "stations.firmware": "Firmware",
  "stations.protocol": "Protocol",
  "stations.sessions": "Sessies",
  "stations.evses": "EVSE's",
  "stations.lastSeen": "Laatst gezien",
  "stations.created": "Bekend sinds",
  "stations.searchFor": "Id, fabrikant, model, serienummer, plaats",
  "stations.rebootRequired": "herstart nodig",
  "stations.inferred": "geraden configuratie",
  "stations.hasBooted": "Is verbonden geweest",
  "stations.located": "Met coördinaten",
};
