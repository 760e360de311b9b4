import type { Area } from "../area.ts";
import type { configuration as english } from "../en/configuration.ts";

export const configuration: Area<typeof english> = {
  "configuration.title": "Konfiguration",
  "configuration.settings": "Einstellungen der Station",
  "configuration.count": "{count} {count|Einstellung|Einstellungen}",
  "configuration.searchFor": "Schlüssel oder Wert",
  "configuration.get": "Von der Station holen",
  "configuration.reboot": "Jetzt neu starten",
  "configuration.none": "Keine Einstellung ist bekannt. Holen Sie sie von der Station.",
  "configuration.unknown": "der Station unbekannt",
  "configuration.readonly": "nur lesbar",
  "configuration.changes": "Ihre Änderungen",
  "configuration.send": "{count} {count|Änderung|Änderungen} senden",
  "configuration.drop": "Verwerfen",
  "configuration.ofType": "Anders als der Typ",
  "configuration.take": "Übernehmen",
  "configuration.becomes": "wird",
  "configuration.waits": "wartet, bis sie dran ist",
  "configuration.asking": "die Station wird gefragt",
  "configuration.taken": "{count} {count|Einstellung wurde|Einstellungen wurden} übernommen.",
  "configuration.takenReboot":
    "{count} {count|Einstellung wurde|Einstellungen wurden} übernommen, {reboots} davon ab dem nächsten Start.",
};
