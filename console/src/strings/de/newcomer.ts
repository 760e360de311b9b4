import type { Area } from "../area.ts";
import type { newcomer as english } from "../en/newcomer.ts";

export const newcomer: Area<typeof english> = {
  "newcomer.title": "Eine neue Station möchte hinein",
  "newcomer.before": "Die vorige",
  "newcomer.next": "Die nächste",
  "newcomer.count": "{at} von {count}",
  "newcomer.step.accept": "Angenommen",
  "newcomer.step.type": "Typ bekannt",
  "newcomer.step.configured": "Konfiguriert",
  "newcomer.step.boot": "Nächster Start",
  "newcomer.step.charge": "Erste Sitzung",
  "newcomer.how.accept": "Sie darf nichts tun, bis Sie sie annehmen.",
  "newcomer.typeHow":
    "Der Typ {type} ist noch nicht beschrieben: welche EVSEs und Anschlüsse hat er?",
  "newcomer.typeAdd": "Typ hinzufügen",
  "newcomer.typePage": "Auf einer eigenen Seite",
  "newcomer.noModel":
    "Sie hat noch nicht gesagt, welcher Typ sie ist; das tut sie beim nächsten Start.",
  "newcomer.how.configured": "Ihre EVSEs werden vom Typ übernommen.",
  "newcomer.how.boot":
    "Sie wird beim nächsten Start hereingelassen; meist von selbst in wenigen Minuten.",
  "newcomer.how.charge":
    "Sie ist bereit. Ein Auto anschließen oder auf ihrer Seite eine Sitzung starten.",
  "newcomer.in": "Sie ist drin: die erste Sitzung hat begonnen.",
  "newcomer.announced": "Angelegt, aber noch nie verbunden:",
  "newcomer.allAnnounced": "alle diese",
};
