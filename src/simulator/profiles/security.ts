import { createHash, X509Certificate } from "node:crypto";
import { limits } from "../limits.ts";
import type { Station } from "../station/station.ts";
import type { Payload } from "../wire/frames.ts";
import { signingRequest } from "./certificate-request.ts";
import { isOver, updateFirmware, uploadFails } from "./firmware-management.ts";
import { type Handlers, obey, say } from "./handler.ts";
import { commonTrigger, isConnector } from "./remote-trigger.ts";

type Firmware = {
  readonly requestId: number;
  readonly retries?: number;
  readonly retryInterval?: number;
  readonly firmware: {
    readonly location: string;
    readonly retrieveDateTime: string;
    readonly signingCertificate: string;
  };
};

type LogRequest = { readonly requestId: number; readonly log: { readonly remoteLocation: string } };

const uploadSeconds = 10;

/** Improved security for OCPP 1.6: the whitepaper's calls to the station. */
export const securityHandlers: Handlers = {
  CertificateSigned: obey<{ certificateChain: string }>((station, { certificateChain }) => {
    const fits = station.jobs.isSigning && certificateOf(certificateChain) !== undefined;
    if (fits) station.jobs.isSigning = false;
    return say(fits ? "Accepted" : "Rejected");
  }),

  InstallCertificate: obey<{ certificateType: string; certificate: string }>(
    (station, { certificateType: use, certificate: pem }) => {
      const { certificates } = station.jobs;
      if (certificateOf(pem) === undefined) return say("Rejected");
      if (certificates.length >= limits.certificatesMax) return say("Failed");
      if (!certificates.some((one) => one.use === use && one.pem === pem)) {
        certificates.push({ use, pem });
      }
      return say("Accepted");
    },
  ),

  GetInstalledCertificateIds: obey<{ certificateType: string }>((station, { certificateType }) => {
    const found = station.jobs.certificates.filter(({ use }) => use === certificateType);
    if (found.length === 0) return say("NotFound");
    const certificateHashData = found.map(({ pem }) => hashesOf(pem));
    return { response: { status: "Accepted", certificateHashData } };
  }),

  DeleteCertificate: obey<{ certificateHashData: Payload }>((station, { certificateHashData }) => {
    const { certificates } = station.jobs;
    const at = certificates.findIndex(({ pem }) => {
      const hashes = hashesOf(pem);
      return Object.entries(hashes).every(([name, value]) => certificateHashData[name] === value);
    });
    if (at < 0) return say("NotFound");
    certificates.splice(at, 1);
    return say("Accepted");
  }),

  ExtendedTriggerMessage: obey<{ requestedMessage: string; connectorId?: number }>(
    (station, { requestedMessage, connectorId }) => {
      const trigger = ownTriggers[requestedMessage] ?? commonTrigger(requestedMessage);
      if (trigger === undefined) return say("NotImplemented");
      if (!isConnector(station, connectorId)) return say("Rejected");
      return say("Accepted", () => trigger(station, connectorId));
    },
  ),

  GetLog: obey<LogRequest>((station, { requestId, log }) => {
    const isReplaced = station.jobs.log.status === "Uploading";
    const filename = `${station.id}-log.txt`.slice(-255);
    return {
      response: { status: isReplaced ? "AcceptedCanceled" : "Accepted", filename },
      afterwards: () => {
        void uploadLog(station, requestId, log.remoteLocation);
      },
    };
  }),

  SignedUpdateFirmware: obey<Firmware>(
    (station, { requestId, firmware, retries, retryInterval }) => {
      if (certificateOf(firmware.signingCertificate) === undefined)
        return say("InvalidCertificate");
      const isReplaced = station.jobs.signedFirmware.status !== "Idle";
      const notify = (status: string) => {
        station.jobs.signedFirmware = isOver(status) ? { status: "Idle" } : { status, requestId };
        station.tell("SignedFirmwareStatusNotification", { status, requestId });
      };
      return say(isReplaced ? "AcceptedCanceled" : "Accepted", () => {
        void updateFirmware(station, {
          location: firmware.location,
          wait: Date.parse(firmware.retrieveDateTime) - station.now(),
          between: ["SignatureVerified"],
          notify,
          ...(retries === undefined ? {} : { retries }),
          ...(retryInterval === undefined ? {} : { retryInterval }),
        });
      });
    },
  ),
};

const ownTriggers: Readonly<Record<string, (station: Station) => void>> = {
  LogStatusNotification: (station) =>
    station.tell("LogStatusNotification", { ...station.jobs.log }),
  FirmwareStatusNotification: (station) =>
    station.tell("SignedFirmwareStatusNotification", { ...station.jobs.signedFirmware }),
  SignChargePointCertificate: (station) => {
    void askForCertificate(station);
  },
};

async function askForCertificate(station: Station): Promise<void> {
  const answer = await station.call("SignCertificate", { csr: signingRequest(station.id) });
  station.jobs.isSigning = answer.kind === "result" && answer.payload.status === "Accepted";
}

async function uploadLog(station: Station, requestId: number, location: string): Promise<void> {
  const notify = (status: string) => {
    station.jobs.log = { status, requestId };
    station.tell("LogStatusNotification", { status, requestId });
  };
  notify("Uploading");
  await station.take(uploadSeconds);
  // A newer request took this one's place.
  if (station.jobs.log.requestId !== requestId) return;
  notify(uploadFails(station, location) ? "UploadFailure" : "Uploaded");
  station.jobs.log = { status: "Idle", requestId };
}

/** The certificate in a PEM text; undefined if it holds none. */
function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

function hashesOf(pem: string): Payload {
  const certificate = new X509Certificate(pem);
  return {
    hashAlgorithm: "SHA256",
    issuerNameHash: sha256(certificate.issuer),
    issuerKeyHash: sha256(certificate.publicKey.export({ type: "spki", format: "der" })),
    serialNumber: certificate.serialNumber.slice(0, 40),
  };
}
