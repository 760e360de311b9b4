import type { Area } from "../area.ts";
import type { requests as english } from "../en/requests.ts";

export const requests: Area<typeof english> = {
  "requests.sending": "{type} aan {station} wordt verstuurd",
  "requests.queued": "{type} wacht tot {station} verbindt",
  "requests.sent": "{type} is verstuurd; {station} heeft nog niet geantwoord",
  "requests.done": "{station}: {type} {outcome}",
  "requests.status": "het station zegt {status}",
  "requests.invalidAnswer": "het antwoord van het station is niet wat OCPP toelaat",
  "requests.waited": "er is op gewacht: {span}",
  "requests.awaited": "Op het antwoord wordt gewacht tot {time}.",
  "requests.sure": "{action}: weet je het zeker?",
  "requests.running":
    "Daar {count|loopt|lopen} {count} {count|sessie die|sessies die} {count|kan|kunnen} eindigen.",
  "requests.noneRunning": "Daar loopt geen sessie.",
  "requests.goOn": "{action}",
  "rights.needs": "Je account mag dit niet: het heeft het recht {permission} nodig.",
  "rights.asking": "De server wordt gevraagd of dit mag.",
  "rights.unanswered": "Het is niet bekend of dit mag: {why}",
  "rights.again": "Het wordt vanzelf opnieuw gevraagd.",
  "rights.unsaid": "De server zegt niet dat dit mag.",
};
