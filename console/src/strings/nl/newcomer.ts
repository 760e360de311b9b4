import type { Area } from "../area.ts";
import type { newcomer as english } from "../en/newcomer.ts";

export const newcomer: Area<typeof english> = {
  "newcomer.title": "Een nieuw station wil erbij",
  "newcomer.before": "De vorige",
  "newcomer.next": "De volgende",
  "newcomer.count": "{at} van {count}",
  "newcomer.step.accept": "Toegelaten",
  "newcomer.step.type": "Type bekend",
  "newcomer.step.configured": "Geconfigureerd",
  "newcomer.step.boot": "Volgende start",
  "newcomer.step.charge": "Eerste sessie",
  "newcomer.how.accept": "Het mag niets doen tot je het toelaat.",
  "newcomer.typeHow":
    "Het type {type} is nog niet beschreven: welke EVSE's en connectoren heeft het?",
  "newcomer.typeAdd": "Type toevoegen",
  "newcomer.typePage": "Op een eigen pagina",
  "newcomer.noModel":
    "Het heeft nog niet gezegd welk type het is; dat doet het bij de volgende start.",
  "newcomer.how.configured": "De EVSE's worden van het type overgenomen.",
  "newcomer.how.boot":
    "Het wordt binnengelaten bij de volgende start; meestal vanzelf binnen enkele minuten.",
  "newcomer.how.charge": "Het is klaar. Sluit een auto aan of start een sessie op de pagina.",
  "newcomer.in": "Het is binnen: de eerste sessie is begonnen.",
  "newcomer.announced": "Geregistreerd, maar nog nooit verbonden:",
  "newcomer.allAnnounced": "deze allemaal",
};
