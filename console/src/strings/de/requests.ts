import type { Area } from "../area.ts";
import type { requests as english } from "../en/requests.ts";

export const requests: Area<typeof english> = {
  "requests.sending": "{type} an {station} wird gesendet",
  "requests.queued": "{type} wartet, bis {station} sich verbindet",
  "requests.sent": "{type} wurde gesendet; {station} hat noch nicht geantwortet",
  "requests.done": "{station}: {type} {outcome}",
  "requests.status": "die Station sagt {status}",
  "requests.sure": "{action}: sind Sie sicher?",
  "requests.running":
    "Dort {count|läuft|laufen} {count} {count|Sitzung, die|Sitzungen, die} enden {count|kann|können}.",
  "requests.noneRunning": "Dort läuft keine Sitzung.",
  "requests.goOn": "{action}",
};
