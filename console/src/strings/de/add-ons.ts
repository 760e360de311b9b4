import type { Area } from "../area.ts";
import type { addOns as english } from "../en/add-ons.ts";

export const addOns: Area<typeof english> = {
  "addOns.title": "Add-ons",
  "addOns.installed": "Installiert",
  "addOns.addOn": "Add-on",
  "addOns.state": "Zustand",
  "addOns.state.upToDate": "aktuell",
  "addOns.state.behind": "arbeitet",
  "addOns.state.parked": "{count} geparkt",
  "addOns.state.notRunning": "läuft nicht",
  "addOns.waitingSince": "ältestes Ereignis:",
  "addOns.node": "Läuft auf",
  "addOns.reactsTo": "Reagiert und antwortet auf",
  "addOns.maySend": "Darf senden",
  "addOns.nothing": "nichts",
  "addOns.names": "{first} und {count} weitere",
  "addOns.parkedTitle": "Geparkte Ereignisse",
  "addOns.parkedMeans":
    "Ein Add-on ist daran zu oft gescheitert. Was für dieselbe Station folgt, wartet dahinter; andere Stationen gehen weiter.",
  "addOns.noneParked": "Nichts ist geparkt.",
  "addOns.event": "Ereignis",
  "addOns.why": "Warum",
  "addOns.attempts": "{count} {count|Versuch|Versuche}",
  "addOns.doIt": "Aktion",
  "addOns.release": "Wiederholen",
  "addOns.released": "{addOn} versucht es erneut.",
  "addOns.skip": "Überspringen",
  "addOns.skipSure": "{event} überspringen?",
  "addOns.skipMeans":
    "{addOn} reagiert nie mehr auf dieses Ereignis: Was es für {station} tun sollte, geschieht nicht. Was dahinter wartet, geht sofort weiter.",
  "addOns.skipped": "Das Ereignis ist übersprungen; {addOn} geht dahinter weiter.",
};
