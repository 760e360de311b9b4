import type { Area } from "../area.ts";
import type { reservations as english } from "../en/reservations.ts";

export const reservations: Area<typeof english> = {
  "reservations.title": "Reservierungen",
  "reservations.all": "Alle Reservierungen",
  "reservations.one": "Reservierung",
  "reservations.new": "Reservieren",
  "reservations.state": "Zustand",
  "reservations.active": "gilt",
  "reservations.used": "genutzt",
  "reservations.cancelled": "storniert",
  "reservations.expired": "abgelaufen",
  "reservations.replaced": "ersetzt",
  "reservations.anyEvse": "jede",
  "reservations.until": "Bis",
  "reservations.made": "Gemacht",
  "reservations.endedAt": "Vorbei seit",
  "reservations.session": "Sitzung",
  "reservations.usedBy": "die sie genutzt hat",
  "reservations.details": "Was freigehalten wird",
  "reservations.cancel": "Stornieren",
  "reservations.request": "Die Anfrage dazu, und was folgte",
  "reservations.whichStation": "Einen Teil des Namens eingeben",
};
