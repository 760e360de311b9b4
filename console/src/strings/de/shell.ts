import type { Area } from "../area.ts";
import type { shell as english } from "../en/shell.ts";

export const shell: Area<typeof english> = {
  "shell.skip": "Zum Inhalt springen",
  "shell.menu": "Menü",
  "shell.network": "Netz",
  "shell.catalogue": "Katalog",
  "shell.watch": "Aufsicht",
  "shell.administration": "Verwaltung",
  "shell.light": "Helle Farben",
  "shell.dark": "Dunkle Farben",
  "shell.language": "Sprache",
  "shell.documents": "API-Dokumentation",
  "shell.account": "Angemeldet als {user}",
  "shell.signOut": "Abmelden",
  "shell.password": "Passwort ändern",
  "shell.notFound": "Unter dieser Adresse gibt es keine Seite.",
  "shell.notFoundWay": "Zur Übersicht",
  "shell.broken": "Diese Seite ist fehlgeschlagen.",
  "shell.notLoaded": "Diese Seite konnte nicht geladen werden.",
  "shell.reload": "Neu laden",
  "shell.loading": "Wird geladen",
  "shell.noScript":
    "Die Konsole arbeitet nur mit JavaScript, und das ist in diesem Browser ausgeschaltet.",
  "shell.close": "Schließen",
  "shell.retry": "Erneut versuchen",
  "shell.repeated": "Es war schon beim ersten Mal angekommen: es wurde nicht noch einmal getan.",
  "shell.cancel": "Abbrechen",
  "shell.copy": "Kopieren",
  "shell.copied": "Kopiert",
  "shell.yes": "ja",
  "shell.no": "nein",
  "live.live": "Live",
  "live.connecting": "Verbindet",
  "live.stale": "Veraltet seit {time}",
  "live.staleLong":
    "Was Sie sehen, kann veraltet sein: seit {time} besteht keine Verbindung zum Server. Sie wird von selbst wieder versucht.",
};
