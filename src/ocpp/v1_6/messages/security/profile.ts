import { certificateSigned } from "./certificate-signed.ts";
import { deleteCertificate } from "./delete-certificate.ts";
import { extendedTriggerMessage } from "./extended-trigger-message.ts";
import { getInstalledCertificateIds } from "./get-installed-certificate-ids.ts";
import { getLog } from "./get-log.ts";
import { installCertificate } from "./install-certificate.ts";
import { logStatusNotification } from "./log-status-notification.ts";
import { securityEventNotification } from "./security-event-notification.ts";
import { signCertificate } from "./sign-certificate.ts";
import { signedFirmwareStatusNotification } from "./signed-firmware-status-notification.ts";
import { signedUpdateFirmware } from "./signed-update-firmware.ts";

/** The security extension: what stations say is recorded, what we say goes by `RequestOcppCall`. */
export const security = {
  CertificateSigned: certificateSigned,
  DeleteCertificate: deleteCertificate,
  ExtendedTriggerMessage: extendedTriggerMessage,
  GetInstalledCertificateIds: getInstalledCertificateIds,
  GetLog: getLog,
  InstallCertificate: installCertificate,
  LogStatusNotification: logStatusNotification,
  SecurityEventNotification: securityEventNotification,
  SignCertificate: signCertificate,
  SignedFirmwareStatusNotification: signedFirmwareStatusNotification,
  SignedUpdateFirmware: signedUpdateFirmware,
};
