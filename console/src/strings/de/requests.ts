import type { Area } from "../area.ts";
import type { requests as english } from "../en/requests.ts";

export const requests: Area<typeof english> = {
  "requests.sending": "{type} an {station} wird gesendet",
  "requests.queued": "{type} wartet, bis {station} sich verbindet",
  "requests.sent": "{type} wurde gesendet; {station} hat noch nicht geantwortet",
  "requests.done": "{station}: {type} {outcome}",
  "requests.status": "die Station sagt {status}",
  "requests.invalidAnswer": "die Antwort der Station ist nicht, was OCPP erlaubt",
  "requests.waited": "darauf wurde gewartet: {span}",
  "requests.awaited": "Auf die Antwort wird bis {time} gewartet.",
  "requests.sure": "{action}: sind Sie sicher?",
  "requests.running":
    "Dort {count|läuft|laufen} {count} {count|Sitzung, die|Sitzungen, die} enden {count|kann|können}.",
  "requests.noneRunning": "Dort läuft keine Sitzung.",
  "requests.goOn": "{action}",
  "rights.needs": "Ihr Konto darf das nicht: es braucht das Recht {permission}.",
  "rights.asking": "Der Server wird gefragt, ob das erlaubt ist.",
  "rights.unanswered": "Es ist nicht bekannt, ob das erlaubt ist: {why}",
  "rights.again": "Es wird von selbst erneut gefragt.",
  "rights.unsaid": "Der Server sagt nicht, dass das erlaubt ist.",
};
