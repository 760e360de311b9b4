import { endOf } from "../../outcomes.ts";
import { byCallOnly } from "../../row.ts";

/** Remove an installed certificate. */
export const deleteCertificate = byCallOnly({
  action: "DeleteCertificate",
  spec: "OCPP 1.6 security whitepaper edition 3, DeleteCertificate",
  priority: 2,
  outcome: (response) => endOf("DeleteCertificate", response),
});
