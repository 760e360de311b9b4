import type { Area } from "../area.ts";
import type { form as english } from "../en/form.ts";

export const form: Area<typeof english> = {
  "form.form": "Formular",
  "form.json": "JSON",
  "form.notJson": "Das ist kein JSON: {reason}",
  "form.needed": "wird gebraucht",
  "form.optional": "optional",
  "form.add": "Hinzufügen",
  "form.remove": "Entfernen",
  "form.unset": "nicht gesetzt",
  "form.number": "muss eine Zahl sein",
  "form.text": "muss ein Text sein",
  "form.whole": "muss eine ganze Zahl sein",
  "form.flag": "muss true oder false sein",
  "form.list": "muss eine Liste sein",
  "form.oneOf": "muss eines davon sein: {words}",
  "form.unknown": "{names} {count|ist|sind} hier nicht bekannt",
  "form.object": "muss ein Objekt sein",
  "form.least": "muss mindestens {least} sein",
  "form.most": "darf höchstens {most} sein",
  "form.shortest": "braucht mindestens {least} Zeichen",
  "form.longest": "darf {most} Zeichen haben",
  "form.pattern": "hat nicht die nötige Form",
  "form.send": "Senden",
  "form.needsOne": "eines von {names} wird gebraucht",
  "form.addNamed": "Hinzufügen: {name}",
};
