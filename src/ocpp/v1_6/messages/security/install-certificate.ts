import { endOf } from "../../outcomes.ts";
import { byCallOnly } from "../../row.ts";

/** Trust a root certificate. */
export const installCertificate = byCallOnly({
  action: "InstallCertificate",
  spec: "OCPP 1.6 security whitepaper edition 3, InstallCertificate",
  priority: 2,
  outcome: (response) => endOf("InstallCertificate", response),
});
