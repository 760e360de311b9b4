import type { StationCommands } from "#core";

/** Where a command of a station's decider appears: as a decision, as a request, or nowhere. */
type Publicity =
  | "command"
  | "request"
  /** The station's own word, or our clockwork. */
  | "internal"
  /** Behind an address or a name of its own. */
  | "elsewhere";

/** Every command of a station, and how the API offers it. One left out does not compile. */
export const publicity = {
  CreateChargingStation: "elsewhere",
  AcceptChargingStation: "command",
  UnacceptChargingStation: "command",
  DecommissionChargingStation: "command",
  RecommissionChargingStation: "command",
  ConfigureChargingStation: "command",
  OfferReconfiguration: "command",
  ReconfigureChargingStation: "command",
  GrantPermission: "command",
  RevokePermission: "command",
  PlaceChargingStation: "command",
  ImproveChargingStationLocation: "command",
  MoveChargingStation: "command",
  SetChargingStationOpeningTimes: "command",
  AddChargingStationOpeningTimes: "command",
  SetAuthorizationProviders: "command",
  SetStrictness: "command",
  SetDefaultProtocol: "command",
  SetQuirks: "command",
  MakeChargingStationReservable: "elsewhere",
  MakeChargingStationNotReservable: "elsewhere",
  SetStationPassword: "elsewhere",
  WithdrawRequest: "elsewhere",
  EndTransaction: "elsewhere",
  RequestStartTransaction: "request",
  RequestStopTransaction: "request",
  RequestUnlockEvse: "request",
  RequestReset: "request",
  RequestChangeAvailability: "request",
  RequestConfigurationItems: "request",
  RequestChangeConfigurationItem: "request",
  RequestClearCache: "request",
  RequestDataTransfer: "request",
  RequestDiagnostics: "request",
  RequestFirmwareUpdate: "request",
  RequestAuthorizationListVersion: "request",
  RequestSendAuthorizationList: "request",
  RequestReserveNow: "request",
  RequestCancelReservation: "request",
  RequestTriggerMessage: "request",
  RequestSetChargingProfile: "request",
  RequestClearChargingProfiles: "request",
  RequestCompositeSchedule: "request",
  RequestOcppCall: "request",
  AdmitChargingStation: "internal",
  RecordBoot: "internal",
  ConfigureProvisionally: "internal",
  RecordEvseSeen: "internal",
  RecordAuthorization: "internal",
  RecordTransactionOpened: "internal",
  RecordTransactionClosed: "internal",
  RecordTransactionStartMatched: "internal",
  SkipNumbers: "internal",
  RecordRequestSent: "internal",
  RecordRequestCompleted: "internal",
  ExpireRequest: "internal",
  ExpireFollowUp: "internal",
  RecordTriggeredMessage: "internal",
  RecordFollowUpAwaited: "internal",
  RecordReservationMade: "internal",
  RecordReservationCancelled: "internal",
  ExpireReservation: "internal",
  RecordStatus: "internal",
  RecordAvailabilityChanged: "internal",
  RecordAvailabilityScheduled: "internal",
  RecordEvseUnlocked: "internal",
  RecordConfigurationItems: "internal",
  RecordConfigurationItemChanged: "internal",
  RecordAuthorizationListVersion: "internal",
  RecordAuthorizationListChanged: "internal",
  RecordCacheCleared: "internal",
  RecordDiagnosticsFileName: "internal",
  RecordDiagnosticsStatus: "internal",
  RecordFirmwareUpdateTakenOn: "internal",
  RecordFirmwareStatus: "internal",
  RecordLogStatus: "internal",
  RecordIncomingDataTransfer: "internal",
  RecordDataTransferResponse: "internal",
  RecordChargingProfileSet: "internal",
  RecordChargingProfilesCleared: "internal",
  RecordCompositeSchedule: "internal",
  RecordDeviation: "internal",
  RecordSecurityEvent: "internal",
  RecordCertificateSigningAsked: "internal",
} as const satisfies Record<keyof StationCommands, Publicity>;

type NamesOf<P extends Publicity> = {
  [K in keyof typeof publicity]: (typeof publicity)[K] extends P ? K : never;
}[keyof typeof publicity];

export type PublicCommand = NamesOf<"command">;
export type PublicRequest = NamesOf<"request">;

/** Names of the commands that appear in one place, in the order of the table. */
export function namesOf<P extends "command" | "request">(place: P): readonly NamesOf<P>[] {
  const names = Object.keys(publicity) as (keyof typeof publicity)[];
  return names.filter((name): name is NamesOf<P> => publicity[name] === place);
}
