import type { Area } from "../area.ts";
import type { ocppCall as english } from "../en/ocpp-call.ts";

export const ocppCall: Area<typeof english> = {
  "ocppCall.none": "Hier wird keine Version von OCPP gesprochen.",
  "ocppCall.action": "Aktion von {protocol}",
  "ocppCall.any": "Jeder Aufruf der OCPP-Version der Station.",
  "ocppCall.choose": "Aktion wählen",
  "ocppCall.payload": "Inhalt",
  "ocppCall.waiting": "Wie lange darauf gewartet wird",
  "ocppCall.send": "{action} senden",
};
