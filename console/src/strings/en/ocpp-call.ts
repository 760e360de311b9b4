/** A call of OCPP that somebody writes out. */
export const ocppCall = {
  "ocppCall.none": "No version of OCPP is spoken here.",
  "ocppCall.action": "Action of {protocol}",
  "ocppCall.any": "Any call of the station's version of OCPP.",
  "ocppCall.choose": "Choose an action",
  "ocppCall.payload": "Payload",
  "ocppCall.waiting": "How long it is waited for",
  "ocppCall.send": "Send {action}",
} as const;
