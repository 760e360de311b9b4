import type { Area } from "../area.ts";
import type { ocppCall as english } from "../en/ocpp-call.ts";

export const ocppCall: Area<typeof english> = {
  "ocppCall.none": "Hier wordt geen versie van OCPP gesproken.",
  "ocppCall.action": "Actie van {protocol}",
  "ocppCall.any": "Elke aanroep van de OCPP-versie van het station.",
  "ocppCall.choose": "Kies een actie",
  "ocppCall.payload": "Inhoud",
  "ocppCall.waiting": "Hoe lang erop gewacht wordt",
  "ocppCall.send": "{action} versturen",
};
