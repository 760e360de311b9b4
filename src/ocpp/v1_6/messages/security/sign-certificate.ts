import { toChargingStation } from "#core";
import { fromStation } from "../../row.ts";
import { triggered } from "../../translate.ts";

/** A station asks for a certificate. There is no authority here that would sign it. */
export const signCertificate = fromStation({
  action: "SignCertificate",
  spec: "OCPP 1.6 security whitepaper edition 3, SignCertificate",
  commands: ({ csr }, context) => {
    const { key, at } = context;
    return [
      toChargingStation(key, "RecordCertificateSigningAsked", { csr, answer: "rejected", at }),
      ...triggered(context, "SignChargePointCertificate"),
    ];
  },
  answer: () => ({ status: "Rejected" }),
});
