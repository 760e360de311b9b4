/** Every refusal there is: how HTTP says it and the sentence that a person reads. */
export const rejections = {
  NotPermitted: { http: 403, sentence: "You have no permission for this." },
  CommandNotGranted: { http: 403, sentence: "The add-on did not declare this command." },
  ReservedForStations: { http: 403, sentence: "Only a station's own message can record this." },
  StationNotFound: { http: 404, sentence: "No station of this id is known." },
  StationAlreadyExists: { http: 409, sentence: "A station of this id is known already." },
  StationAlreadyAccepted: { http: 409, sentence: "The station is accepted already." },
  StationNotAccepted: { http: 409, sentence: "The station has not been accepted." },
  StationNotConfigured: { http: 409, sentence: "The station has not been configured." },
  StationDecommissioned: { http: 409, sentence: "The station is decommissioned." },
  StationNotDecommissioned: { http: 409, sentence: "The station is not decommissioned." },
  StationNotReservable: { http: 409, sentence: "The station takes no reservations." },
  StationHasOpenTransactions: { http: 409, sentence: "The station has open transactions." },
  StationNotOffered: { http: 409, sentence: "No new configuration is on offer for the station." },
  EvsesMissing: { http: 422, sentence: "A configuration needs at least one EVSE." },
  EvseListedTwice: { http: 422, sentence: "Two EVSEs of the list have the same id." },
  ConnectorListedTwice: { http: 422, sentence: "Two connectors of the list have the same id." },
  NoEvseKnown: { http: 409, sentence: "No EVSE of the station is known, so none can be named." },
  PlaceMissing: { http: 422, sentence: "A place needs coordinates, an address, or both." },
  OpeningTimeBackwards: { http: 422, sentence: "An opening time ends before it starts." },
  PermissionNotGranted: { http: 409, sentence: "The user does not have this permission." },
  TooManyPermissions: { http: 409, sentence: "Too many permissions are granted on the station." },
  PermissionUnknown: { http: 422, sentence: "There is no command of this name to permit." },
  TransactionNotOpen: { http: 409, sentence: "No open transaction of the station has this id." },
  TransactionNotFound: { http: 404, sentence: "No transaction of this id is known." },
  ReservationNotFound: { http: 404, sentence: "The station has no reservation of this id." },
  TooManyReservations: { http: 429, sentence: "The station holds too many reservations." },
  ReservationTooShort: { http: 422, sentence: "The reservation would have ended already." },
  RequestNotFound: { http: 404, sentence: "The station has no such outstanding request." },
  RequestAlreadySent: {
    http: 409,
    sentence: "The request has been sent and cannot be called back.",
  },
  TooManyRequests: { http: 429, sentence: "Too many requests to this station are outstanding." },
  ChargingLimitTooFine: { http: 422, sentence: "A charging limit has at most one decimal." },
  AuthorizationListTooLong: { http: 422, sentence: "The list exceeds what one request may carry." },
  AuthorizationListIncomplete: {
    http: 422,
    sentence: "Each entry of a full list needs a status; only a differential list removes.",
  },
  TokenNotFound: { http: 404, sentence: "No token of this value is known." },
  TypeNotFound: { http: 404, sentence: "No station type of this vendor and model is known." },
  UserNotFound: { http: 404, sentence: "No user of this name is known." },
  UserAlreadyExists: { http: 409, sentence: "A user of this name exists already." },
  ApiKeyNotFound: { http: 404, sentence: "No API key of this id is known." },
  ApiKeyAlreadyExists: { http: 409, sentence: "An API key of this id exists already." },
  AddOnEventNotParked: { http: 409, sentence: "This event does not wait for anybody." },
  ApiKeyRevoked: { http: 409, sentence: "The API key was revoked already." },
} as const satisfies Record<string, { http: number; sentence: string }>;

/** Stable code of a refusal. */
export type RejectionCode = keyof typeof rejections;

/** A refused wish. It is a value, it is shown, and it is recorded. */
export interface Rejection {
  readonly rejected: RejectionCode;
  readonly detail?: string;
}

/** Refuses with a code and, where it helps, what exactly was wrong. */
export function reject(rejected: RejectionCode, detail?: string): Rejection {
  return detail === undefined ? { rejected } : { rejected, detail };
}

/** Tells a refusal from a list of events. */
export function isRejection(decision: unknown): decision is Rejection {
  return typeof decision === "object" && decision !== null && "rejected" in decision;
}
