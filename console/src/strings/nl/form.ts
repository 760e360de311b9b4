import type { Area } from "../area.ts";
import type { form as english } from "../en/form.ts";

export const form: Area<typeof english> = {
  "form.form": "Formulier",
  "form.json": "JSON",
  "form.notJson": "Dit is geen JSON: {reason}",
  "form.needed": "is nodig",
  "form.optional": "optioneel",
  "form.add": "Toevoegen",
  "form.remove": "Verwijderen",
  "form.unset": "niet ingesteld",
  "form.number": "moet een getal zijn",
  "form.text": "moet een tekst zijn",
  "form.whole": "moet een heel getal zijn",
  "form.flag": "moet true of false zijn",
  "form.list": "moet een lijst zijn",
  "form.oneOf": "moet een van deze zijn: {words}",
  "form.unknown": "{names} {count|is|zijn} hier niet bekend",
  "form.object": "moet een object zijn",
  "form.least": "moet ten minste {least} zijn",
  "form.most": "mag hoogstens {most} zijn",
  "form.shortest": "heeft ten minste {least} tekens nodig",
  "form.longest": "mag {most} tekens hebben",
  "form.pattern": "heeft niet de vorm die nodig is",
  "form.send": "Versturen",
  "form.needsOne": "een van {names} is nodig",
  "form.addNamed": "Toevoegen: {name}",
};
