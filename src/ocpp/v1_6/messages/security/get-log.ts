import { present } from "#core";
import { endOf } from "../../outcomes.ts";
import { byCallOnly } from "../../row.ts";

/** Upload a log; its statuses follow. */
export const getLog = byCallOnly({
  action: "GetLog",
  spec: "OCPP 1.6 security whitepaper edition 3, GetLog",
  priority: 3,
  outcome: (response) => ({
    ...endOf("GetLog", response),
    result: present({ fileName: response.filename }),
  }),
});
