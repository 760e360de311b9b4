import type { Area } from "../area.ts";
import type { requests as english } from "../en/requests.ts";

export const requests: Area<typeof english> = {
  "requests.sending": "{type} aan {station} wordt verstuurd",
  "requests.queued": "{type} wacht tot {station} verbindt",
  "requests.sent": "{type} is verstuurd; {station} heeft nog niet geantwoord",
  "requests.done": "{station}: {type} {outcome}",
  "requests.status": "het station zegt {status}",
  "requests.sure": "{action}: weet je het zeker?",
  "requests.running":
    "{count|Er loopt daar|Er lopen daar} {count} {count|sessie|sessies} die kan eindigen.",
  "requests.noneRunning": "Daar loopt geen sessie.",
  "requests.goOn": "{action}",
};
