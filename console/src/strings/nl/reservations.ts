import type { Area } from "../area.ts";
import type { reservations as english } from "../en/reservations.ts";

export const reservations: Area<typeof english> = {
  "reservations.title": "Reserveringen",
  "reservations.all": "Alle reserveringen",
  "reservations.one": "Reservering",
  "reservations.new": "Reserveren",
  "reservations.state": "Toestand",
  "reservations.active": "geldt",
  "reservations.used": "gebruikt",
  "reservations.cancelled": "geannuleerd",
  "reservations.expired": "verlopen",
  "reservations.replaced": "vervangen",
  "reservations.anyEvse": "elke",
  "reservations.until": "Tot",
  "reservations.made": "Gemaakt",
  "reservations.endedAt": "Voorbij sinds",
  "reservations.session": "Sessie",
  "reservations.usedBy": "de sessie die haar gebruikte",
  "reservations.details": "Wat vrijgehouden wordt",
  "reservations.cancel": "Annuleren",
  "reservations.request": "Het verzoek ervoor, en wat volgde",
  "reservations.whichStation": "Typ een deel van de naam",
};
