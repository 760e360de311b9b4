import { endOf } from "../../outcomes.ts";
import { byCallOnly } from "../../row.ts";

/** Here is the certificate that the station asked for. */
export const certificateSigned = byCallOnly({
  action: "CertificateSigned",
  spec: "OCPP 1.6 security whitepaper edition 3, CertificateSigned",
  priority: 2,
  outcome: (response) => endOf("CertificateSigned", response),
});
