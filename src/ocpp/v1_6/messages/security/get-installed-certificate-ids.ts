import { endOf } from "../../outcomes.ts";
import { byCallOnly } from "../../row.ts";

/** Which root certificates it trusts. */
export const getInstalledCertificateIds = byCallOnly({
  action: "GetInstalledCertificateIds",
  spec: "OCPP 1.6 security whitepaper edition 3, GetInstalledCertificateIds",
  priority: 3,
  outcome: (response) => ({
    ...endOf("GetInstalledCertificateIds", response),
    result: { certificateHashData: response.certificateHashData ?? [] },
  }),
});
