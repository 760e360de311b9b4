import type { Area } from "../area.ts";
import type { addOns as english } from "../en/add-ons.ts";

export const addOns: Area<typeof english> = {
  "addOns.title": "Add-ons",
  "addOns.installed": "Geïnstalleerd",
  "addOns.addOn": "Add-on",
  "addOns.state": "Toestand",
  "addOns.state.upToDate": "actueel",
  "addOns.state.behind": "bezig",
  "addOns.state.parked": "{count} geparkeerd",
  "addOns.state.notRunning": "draait niet",
  "addOns.waitingSince": "oudste gebeurtenis:",
  "addOns.node": "Draait op",
  "addOns.reactsTo": "Reageert en antwoordt op",
  "addOns.maySend": "Mag sturen",
  "addOns.nothing": "niets",
  "addOns.names": "{first} en nog {count}",
  "addOns.parkedTitle": "Geparkeerde gebeurtenissen",
  "addOns.parkedMeans":
    "Een add-on faalde hier te vaak op. Wat voor hetzelfde station volgt, wacht erachter; andere stations gaan door.",
  "addOns.noneParked": "Er is niets geparkeerd.",
  "addOns.event": "Gebeurtenis",
  "addOns.why": "Waarom",
  "addOns.attempts": "{count} {count|poging|pogingen}",
  "addOns.doIt": "Actie",
  "addOns.release": "Opnieuw",
  "addOns.released": "{addOn} probeert het opnieuw.",
  "addOns.skip": "Overslaan",
  "addOns.skipSure": "{event} overslaan?",
  "addOns.skipMeans":
    "{addOn} reageert nooit meer op deze gebeurtenis: wat het voor {station} moest doen, gebeurt niet. Wat erachter wacht, gaat meteen door.",
  "addOns.skipped": "De gebeurtenis is overgeslagen; {addOn} gaat erachter verder.",
};
