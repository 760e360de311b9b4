import type { Area } from "../area.ts";
import type { stations as english } from "../en/stations.ts";

export const stations: Area<typeof english> = {
  "stations.title": "Stationen",
  "stations.station": "Station",
  "stations.state": "Zustand",
  "stations.status": "Status",
  "stations.connection": "Verbindung",
  "stations.online": "verbunden",
  "stations.offline": "nicht verbunden",
  "stations.model": "Typ",
  "stations.firmware": "Firmware",
  "stations.protocol": "Protokoll",
  "stations.sessions": "Sitzungen",
  "stations.evses": "EVSEs",
  "stations.lastSeen": "Zuletzt gesehen",
  "stations.created": "Bekannt seit",
  "stations.searchFor": "Id, Hersteller, Modell, Seriennummer, Ort",
  "stations.rebootRequired": "Neustart nötig",
  "stations.inferred": "geratene Konfiguration",
  "stations.hasBooted": "War verbunden",
  "stations.located": "Mit Koordinaten",
};
