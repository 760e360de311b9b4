import type { RequestEnd } from "../message.ts";
import type { Payloads16 } from "./payloads.gen.ts";

type End = RequestEnd["outcome"];

/** Actions whose status is our own answer to the station. */
type AnsweredByUs = "BootNotification" | "SignCertificate";

type StatusOf<A extends keyof Payloads16> = Payloads16[A]["response"] extends {
  readonly status: infer Status extends string;
}
  ? Status
  : never;

/** Actions that a station answers with a status. */
type Judged = {
  [A in Exclude<keyof Payloads16, AnsweredByUs>]: [StatusOf<A>] extends [never] ? never : A;
}[Exclude<keyof Payloads16, AnsweredByUs>];

/** What each word of a station's answer means for the request; no word of a schema is left out. */
export const outcomes = {
  CancelReservation: { Accepted: "accepted", Rejected: "rejected" },
  CertificateSigned: { Accepted: "accepted", Rejected: "rejected" },
  // Scheduled: it will be done when the running transaction has ended.
  ChangeAvailability: { Accepted: "accepted", Rejected: "rejected", Scheduled: "accepted" },
  ChangeConfiguration: {
    Accepted: "accepted",
    Rejected: "rejected",
    RebootRequired: "accepted",
    NotSupported: "notSupported",
  },
  ClearCache: { Accepted: "accepted", Rejected: "rejected" },
  // Unknown: no profile matched, so none was cleared.
  ClearChargingProfile: { Accepted: "accepted", Unknown: "rejected" },
  DataTransfer: {
    Accepted: "accepted",
    Rejected: "rejected",
    UnknownMessageId: "notSupported",
    UnknownVendorId: "notSupported",
  },
  DeleteCertificate: { Accepted: "accepted", Failed: "rejected", NotFound: "rejected" },
  ExtendedTriggerMessage: {
    Accepted: "accepted",
    Rejected: "rejected",
    NotImplemented: "notSupported",
  },
  GetCompositeSchedule: { Accepted: "accepted", Rejected: "rejected" },
  // NotFound answers the question: there is none.
  GetInstalledCertificateIds: { Accepted: "accepted", NotFound: "accepted" },
  // AcceptedCanceled: accepted, and an earlier upload gave way to it.
  GetLog: { Accepted: "accepted", Rejected: "rejected", AcceptedCanceled: "accepted" },
  InstallCertificate: { Accepted: "accepted", Failed: "rejected", Rejected: "rejected" },
  RemoteStartTransaction: { Accepted: "accepted", Rejected: "rejected" },
  RemoteStopTransaction: { Accepted: "accepted", Rejected: "rejected" },
  ReserveNow: {
    Accepted: "accepted",
    Faulted: "rejected",
    Occupied: "rejected",
    Rejected: "rejected",
    Unavailable: "rejected",
  },
  Reset: { Accepted: "accepted", Rejected: "rejected" },
  SendLocalList: {
    Accepted: "accepted",
    Failed: "rejected",
    NotSupported: "notSupported",
    VersionMismatch: "rejected",
  },
  SetChargingProfile: {
    Accepted: "accepted",
    Rejected: "rejected",
    NotSupported: "notSupported",
  },
  SignedUpdateFirmware: {
    Accepted: "accepted",
    Rejected: "rejected",
    AcceptedCanceled: "accepted",
    InvalidCertificate: "rejected",
    RevokedCertificate: "rejected",
  },
  TriggerMessage: { Accepted: "accepted", Rejected: "rejected", NotImplemented: "notSupported" },
  UnlockConnector: {
    Unlocked: "accepted",
    UnlockFailed: "rejected",
    NotSupported: "notSupported",
  },
} as const satisfies { readonly [A in Judged]: Readonly<Record<StatusOf<A>, End>> };

/** The end of a request by the word that the station answered with. */
export function endOf<A extends Judged>(
  action: A,
  response: { readonly status: StatusOf<A> },
): RequestEnd & { readonly status: StatusOf<A> } {
  const { status } = response;
  const table = outcomes[action] as unknown as Readonly<Record<StatusOf<A>, End>>;
  return { outcome: table[status], status };
}
