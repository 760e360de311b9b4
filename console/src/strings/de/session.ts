import type { Area } from "../area.ts";
import type { session as english } from "../en/session.ts";

export const session: Area<typeof english> = {
  "session.title": "Anmelden",
  "session.user": "Name",
  "session.password": "Passwort",
  "session.signIn": "Anmelden",
  "session.firstStart":
    "Erster Start: der Name ist admin, und das Terminal, in dem Motown gestartet wurde, zeigt ein Einmalpasswort.",
  "session.ended":
    "Ihre Sitzung ist beendet. Melden Sie sich an, um dort fortzufahren, wo Sie waren: was Sie eingegeben hatten, ist noch da.",
  "session.setUp": "Wählen Sie Ihr Passwort",
  "session.setUpWhy":
    "Sie sind mit einem Einmalpasswort angemeldet. Es öffnet nichts als diese Wahl.",
  "session.newPassword": "Neues Passwort",
  "session.again": "Dasselbe noch einmal",
  "session.rule": "Mindestens {least} Zeichen. Ein Satz ist gut.",
  "session.differs": "Das weicht vom Passwort darüber ab.",
  "session.current": "Aktuelles Passwort",
  "session.change": "Passwort ändern",
  "session.changed": "Ihr Passwort wurde geändert. Ihre anderen Sitzungen sind beendet.",
  "session.start": "Passwort setzen und beginnen",
};
