import type { Area } from "../area.ts";
import type { configuration as english } from "../en/configuration.ts";

export const configuration: Area<typeof english> = {
  "configuration.title": "Configuratie",
  "configuration.settings": "Instellingen van het station",
  "configuration.count": "{count} {count|instelling|instellingen}",
  "configuration.searchFor": "Sleutel of waarde",
  "configuration.get": "Ophalen bij het station",
  "configuration.reboot": "Nu herstarten",
  "configuration.none": "Er is geen instelling bekend. Haal ze op bij het station.",
  "configuration.unknown": "onbekend bij het station",
  "configuration.readonly": "alleen lezen",
  "configuration.changes": "Je wijzigingen",
  "configuration.send": "{count} {count|wijziging|wijzigingen} versturen",
  "configuration.drop": "Verwerpen",
  "configuration.ofType": "Anders dan het type",
  "configuration.take": "Overnemen",
  "configuration.becomes": "wordt",
  "configuration.waits": "wacht op zijn beurt",
  "configuration.asking": "het station wordt gevraagd",
  "configuration.taken": "{count} {count|instelling is|instellingen zijn} overgenomen.",
  "configuration.takenReboot":
    "{count} {count|instelling is|instellingen zijn} overgenomen, {reboots} daarvan vanaf de volgende start.",
};
