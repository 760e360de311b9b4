import type { Area } from "../area.ts";
import type { session as english } from "../en/session.ts";

export const session: Area<typeof english> = {
  "session.title": "Aanmelden",
  "session.user": "Naam",
  "session.password": "Wachtwoord",
  "session.signIn": "Aanmelden",
  "session.firstStart":
    "Eerste start: de naam is admin, en de terminal waarin Motown is gestart toont een eenmalig wachtwoord.",
  "session.ended":
    "Je sessie is afgelopen. Meld je aan om verder te gaan waar je was: wat je had ingevuld is er nog.",
  "session.setUp": "Kies je wachtwoord",
  "session.setUpWhy": "Je bent binnen met een eenmalig wachtwoord. Het opent niets dan deze keuze.",
  "session.newPassword": "Nieuw wachtwoord",
  "session.again": "Nogmaals hetzelfde",
  "session.rule": "Ten minste {least} tekens. Een zin is goed.",
  "session.differs": "Dit verschilt van het wachtwoord hierboven.",
  "session.current": "Huidig wachtwoord",
  "session.change": "Wachtwoord wijzigen",
  "session.changed": "Je wachtwoord is gewijzigd. Je andere sessies zijn beëindigd.",
  "session.start": "Wachtwoord instellen en beginnen",
};
