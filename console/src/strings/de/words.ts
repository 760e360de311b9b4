import type { Area } from "../area.ts";
import type { words as english } from "../en/words.ts";

export const words: Area<typeof english> = {
  "state.waiting": "wartet",
  "state.unaccepted": "nicht mehr angenommen",
  "state.unconfigured": "nicht konfiguriert",
  "state.operational": "in Betrieb",
  "state.decommissioned": "stillgelegt",
  "status.unknown": "unbekannt",
  "status.available": "frei",
  "status.occupied": "belegt",
  "status.preparing": "bereitet vor",
  "status.charging": "lädt",
  "status.suspendedEv": "vom Auto pausiert",
  "status.suspendedEvse": "von der EVSE pausiert",
  "status.finishing": "schließt ab",
  "status.reserved": "reserviert",
  "status.unavailable": "nicht verfügbar",
  "status.faulted": "gestört",
  "outcome.accepted": "angenommen",
  "outcome.rejected": "von der Station abgelehnt",
  "outcome.notSupported": "von der Station nicht unterstützt",
  "outcome.failed": "fehlgeschlagen: die Station antwortete mit einem Fehler",
  "outcome.timedOut": "Zeit abgelaufen; es kann ausgeführt worden sein",
  "outcome.stationOffline": "nicht gesendet: die Station ist nicht verbunden",
  "outcome.superseded": "von einer neueren Anfrage ersetzt",
};
