// OCPP 1.6 with its security extension: every action of the schemas, each one row in one file of
// messages/. What differs from our terms is in translate.ts; start reading at messages/core/.
import type { OcppVersion } from "../message.ts";
import { deviations } from "./deviations.ts";
import { mend } from "./mend.ts";
import { core } from "./messages/core/profile.ts";
import { firmwareManagement } from "./messages/firmware-management/profile.ts";
import { localAuthList } from "./messages/local-auth-list/profile.ts";
import { remoteTrigger } from "./messages/remote-trigger/profile.ts";
import { reservation } from "./messages/reservation/profile.ts";
import { security } from "./messages/security/profile.ts";
import { smartCharging } from "./messages/smart-charging/profile.ts";
import type { Payloads16 } from "./payloads.gen.ts";
import { protocol } from "./protocol.ts";
import { adapt, modelOf } from "./quirks.ts";
import { check, checkMended, schemaOf } from "./schemas.ts";

/** The table of actions; one that is left out, or under another's name, does not compile. */
export const messages = {
  ...core,
  ...firmwareManagement,
  ...localAuthList,
  ...reservation,
  ...smartCharging,
  ...remoteTrigger,
  ...security,
} satisfies { [A in keyof Payloads16]: { readonly action: A } | "notSupported" };

/** OCPP 1.6. */
export const v1_6: OcppVersion = {
  protocol,
  messages,
  check,
  checkMended,
  schemaOf,
  mend,
  adapt,
  modelOf,
  deviations,
  tokenMembers: ["idTag", "parentIdTag"],
  // OCPP-J 1.6 §4.2.3, in its own spelling.
  errorCodes: {
    notImplemented: "NotImplemented",
    notSupported: "NotSupported",
    internalError: "InternalError",
    protocolError: "ProtocolError",
    securityError: "SecurityError",
    formation: "FormationViolation",
    property: "PropertyConstraintViolation",
    occurrence: "OccurenceConstraintViolation",
    type: "TypeConstraintViolation",
    generic: "GenericError",
  },
};
