import type { Area } from "../area.ts";
import type { words as english } from "../en/words.ts";

export const words: Area<typeof english> = {
  "state.waiting": "wacht",
  "state.unaccepted": "niet meer toegelaten",
  "state.unconfigured": "niet geconfigureerd",
  "state.operational": "in bedrijf",
  "state.decommissioned": "buiten gebruik",
  "status.unknown": "onbekend",
  "status.available": "vrij",
  "status.occupied": "bezet",
  "status.preparing": "voorbereiden",
  "status.charging": "laadt",
  "status.suspendedEv": "gepauzeerd door de auto",
  "status.suspendedEvse": "gepauzeerd door de EVSE",
  "status.finishing": "rondt af",
  "status.reserved": "gereserveerd",
  "status.unavailable": "niet beschikbaar",
  "status.faulted": "defect",
  "outcome.accepted": "aanvaard",
  "outcome.rejected": "afgewezen door het station",
  "outcome.notSupported": "niet ondersteund door het station",
  "outcome.failed": "mislukt: het station antwoordde met een fout",
  "outcome.timedOut": "geen antwoord op tijd; het kan zijn uitgevoerd",
  "outcome.stationOffline": "niet verstuurd: het station is niet verbonden",
  "outcome.superseded": "vervangen door een nieuwer verzoek",
};
