// Written by `npm run gen` from the API's own document. Do not edit.

/** Named by the API. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string | undefined;
  readonly code: "BodyInvalid" | "BodyUnreadable" | "QueryInvalid" | "PathInvalid" | "HeaderInvalid" | "NotAuthenticated" | "SessionEnded" | "CsrfTokenMissing" | "PasswordChangeRequired" | "NotAdministrator" | "NotFound" | "MethodNotAllowed" | "BodyTooLarge" | "BodyNotJson" | "ViewsShared" | "IdempotencyKeyReused" | "TooManyAttempts" | "TooManyStreams" | "TooManyExports" | "StoreUnavailable" | "RoleElsewhere" | "NewerRelease" | "ViewNotReady" | "InternalError" | "NotPermitted" | "CommandNotGranted" | "ReservedForStations" | "StationNotFound" | "StationAlreadyExists" | "StationAlreadyAccepted" | "StationNotAccepted" | "StationNotConfigured" | "StationDecommissioned" | "StationNotDecommissioned" | "StationNotReservable" | "StationHasOpenTransactions" | "StationNotOffered" | "EvsesMissing" | "EvseListedTwice" | "ConnectorListedTwice" | "NoEvseKnown" | "PlaceMissing" | "OpeningTimeBackwards" | "PermissionNotGranted" | "TooManyPermissions" | "PermissionUnknown" | "TransactionNotOpen" | "TransactionNotFound" | "ReservationNotFound" | "TooManyReservations" | "ReservationTooShort" | "RequestNotFound" | "RequestAlreadySent" | "TooManyRequests" | "ChargingLimitTooFine" | "AuthorizationListTooLong" | "AuthorizationListIncomplete" | "TokenNotFound" | "TypeNotFound" | "UserNotFound" | "UserAlreadyExists" | "ApiKeyNotFound" | "ApiKeyAlreadyExists" | "AddOnEventNotParked" | "ApiKeyRevoked";
  readonly issues?: readonly ({
    readonly path: string;
    readonly message: string;
  })[] | undefined;
};

/** What each operation takes and answers. */
export interface Operations {
  /** Revokes an API key. */
  deleteApiKeysByApiKeyId: {
    params: {
      readonly apiKeyId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: null;
  };
  /** Takes back a request that was not sent yet. */
  deleteChargingStationsByStationIdRequestsByRequestId: {
    params: {
      readonly stationId: string;
      readonly requestId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly stationId: string;
      readonly requestId: string;
      readonly type: string;
      readonly parameters: Readonly<Record<string, unknown>>;
      readonly correlationId: string;
      readonly requestedBy: string;
      readonly state: "queued" | "sent" | "done";
      readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      readonly succeeded?: boolean | undefined;
      readonly status?: string | undefined;
      readonly result?: unknown | undefined;
      readonly requestedAt: string;
      readonly deadline: string;
      readonly validUntil?: string | undefined;
      readonly sentAt?: string | undefined;
      readonly answeredAt?: string | undefined;
      readonly completedAt?: string | undefined;
      readonly lateAnswer?: {
        readonly status?: string | undefined;
        readonly result?: unknown | undefined;
        readonly at: string;
      } | undefined;
      readonly followUp?: "awaited" | "fulfilled" | "missed" | "notAwaited" | undefined;
      readonly transactionId?: string | undefined;
      readonly triggeredAt?: string | undefined;
      readonly parentRequestId?: string | undefined;
      readonly parts?: Readonly<Record<string, {
        readonly state: "queued" | "sent" | "done";
        readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      }>> | undefined;
    };
  };
  /** Signs out: this session opens nothing any more, on no node. */
  deleteSession: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: null;
  };
  /** Takes a station type out of the catalogue; stations keep what they have. */
  deleteStationTypesByVendorByModel: {
    params: {
      readonly vendor: string;
      readonly model: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: null;
  };
  /** Forgets whether a token may charge, or the person behind it. */
  deleteTokensByUid: {
    params: {
      readonly uid: string;
    };
    query: {
      readonly erase?: boolean | undefined;
    };
    body: undefined;
    answer: null;
  };
  /** Removes a user. */
  deleteUsersByUser: {
    params: {
      readonly user: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: null;
  };
  /** Lists events that add-ons could not handle. */
  getAddOns: {
    params: Record<never, never>;
    query: {
      readonly addOn?: string | undefined;
      readonly partition?: string | undefined;
      readonly eventType?: string | undefined;
      readonly parkedAtFrom?: string | undefined;
      readonly parkedAtUntil?: string | undefined;
      readonly order?: "-parkedAt" | "parkedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly addOn: string;
        readonly partition: string;
        readonly cursor: string;
        readonly eventType: string;
        readonly attempts: number;
        readonly error: string;
        readonly parkedAt: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists API keys, never their secrets. */
  getApiKeys: {
    params: Record<never, never>;
    query: {
      readonly apiKeyId?: string | undefined;
      readonly name?: string | undefined;
      readonly administrator?: boolean | undefined;
      readonly revoked?: boolean | undefined;
      readonly createdAtFrom?: string | undefined;
      readonly createdAtUntil?: string | undefined;
      readonly nameFrom?: string | undefined;
      readonly nameUntil?: string | undefined;
      readonly search?: string | undefined;
      readonly order?: "-createdAt" | "createdAt" | "name" | "-name" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly apiKeyId: string;
        readonly name: string;
        readonly administrator: boolean;
        readonly permissions: readonly (string)[];
        readonly expiresAt?: string | undefined;
        readonly createdAt: string;
        readonly createdBy: string;
        readonly revoked: boolean;
        readonly revokedAt?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Says what changes, live, in few words. */
  getChanges: {
    params: Record<never, never>;
    query: {
      readonly after?: string | undefined;
    };
    body: undefined;
    answer: {
      readonly all?: true | undefined;
      readonly changed: Readonly<Record<string, readonly (string)[] | null>>;
    };
  };
  /** Lists stations. */
  getChargingStations: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly state?: "waiting" | "unaccepted" | "unconfigured" | "operational" | "decommissioned" | undefined;
      readonly accepted?: boolean | undefined;
      readonly configured?: boolean | undefined;
      readonly inferred?: boolean | undefined;
      readonly decommissioned?: boolean | undefined;
      readonly vendor?: string | undefined;
      readonly model?: string | undefined;
      readonly typeKey?: string | undefined;
      readonly firmwareVersion?: string | undefined;
      readonly protocol?: string | undefined;
      readonly status?: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted" | undefined;
      readonly reservable?: boolean | undefined;
      readonly strict?: boolean | undefined;
      readonly rebootRequired?: boolean | undefined;
      readonly reconfigurationOffered?: boolean | undefined;
      readonly hasBooted?: boolean | undefined;
      readonly located?: boolean | undefined;
      readonly evseStatus?: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted" | undefined;
      readonly stationIdFrom?: string | undefined;
      readonly stationIdUntil?: string | undefined;
      readonly createdAtFrom?: string | undefined;
      readonly createdAtUntil?: string | undefined;
      readonly latitudeFrom?: number | undefined;
      readonly latitudeUntil?: number | undefined;
      readonly longitudeFrom?: number | undefined;
      readonly longitudeUntil?: number | undefined;
      readonly search?: string | undefined;
      readonly order?: "stationId" | "-stationId" | "createdAt" | "-createdAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
      readonly connected?: boolean | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly state: "waiting" | "unaccepted" | "unconfigured" | "operational" | "decommissioned";
        readonly accepted: boolean;
        readonly configured: boolean;
        readonly inferred: boolean;
        readonly decommissioned: boolean;
        readonly hasBooted: boolean;
        readonly vendor?: string | undefined;
        readonly model?: string | undefined;
        readonly serialNumber?: string | undefined;
        readonly firmwareVersion?: string | undefined;
        readonly protocol?: string | undefined;
        readonly defaultProtocol?: string | undefined;
        readonly lastBootAt?: string | undefined;
        readonly lastBoot?: Readonly<Record<string, unknown>> | undefined;
        readonly stationType?: {
          readonly vendor: string;
          readonly model: string;
          readonly revision: number;
        } | undefined;
        readonly reconfigurationOffered: boolean;
        readonly offeredStationType?: {
          readonly vendor: string;
          readonly model: string;
          readonly revision: number;
        } | undefined;
        readonly availability: "operative" | "inoperative";
        readonly scheduledAvailability?: "operative" | "inoperative" | undefined;
        readonly status: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted";
        readonly statusAt?: string | undefined;
        readonly errorCode?: string | undefined;
        readonly statusDetail?: Readonly<Record<string, unknown>> | undefined;
        readonly evseCount: number;
        readonly openTransactions: number;
        readonly transactionCount: number;
        readonly reservable: boolean;
        readonly strict: boolean;
        readonly quirks?: Readonly<Record<string, unknown>> | undefined;
        readonly place?: {
          readonly coordinates?: {
            readonly latitude: number;
            readonly longitude: number;
          } | undefined;
          readonly address?: {
            readonly addressLine1: string;
            readonly addressLine2?: string | undefined;
            readonly postalCode?: string | undefined;
            readonly city: string;
            readonly region?: string | undefined;
            readonly country: string;
          } | undefined;
          readonly accessibility: "public" | "paying" | "private";
        } | undefined;
        readonly located: boolean;
        readonly latitude?: number | undefined;
        readonly longitude?: number | undefined;
        readonly openingTimes: readonly ({
          readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
          readonly timeStart: string;
          readonly timeStop: string;
        })[];
        readonly permissions: Readonly<Record<string, readonly (string)[]>>;
        readonly authorizationProviders?: readonly (string)[] | undefined;
        readonly authorizationListVersion?: number | undefined;
        readonly rebootRequired: boolean;
        readonly createdAt: string;
        readonly acceptedAt?: string | undefined;
        readonly firstAcceptedAt?: string | undefined;
        readonly firstConfiguredAt?: string | undefined;
        readonly typeKey?: string | undefined;
        readonly passwordSetAt?: string | undefined;
        readonly connection: {
          readonly connected: boolean;
          readonly protocol?: string | undefined;
          readonly connectedAt?: string | undefined;
          readonly disconnectedAt?: string | undefined;
          readonly lastSeenAt?: string | undefined;
          readonly address?: string | undefined;
        };
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows a station. */
  getChargingStationsByStationId: {
    params: {
      readonly stationId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly stationId: string;
      readonly state: "waiting" | "unaccepted" | "unconfigured" | "operational" | "decommissioned";
      readonly accepted: boolean;
      readonly configured: boolean;
      readonly inferred: boolean;
      readonly decommissioned: boolean;
      readonly hasBooted: boolean;
      readonly vendor?: string | undefined;
      readonly model?: string | undefined;
      readonly serialNumber?: string | undefined;
      readonly firmwareVersion?: string | undefined;
      readonly protocol?: string | undefined;
      readonly defaultProtocol?: string | undefined;
      readonly lastBootAt?: string | undefined;
      readonly lastBoot?: Readonly<Record<string, unknown>> | undefined;
      readonly stationType?: {
        readonly vendor: string;
        readonly model: string;
        readonly revision: number;
      } | undefined;
      readonly reconfigurationOffered: boolean;
      readonly offeredStationType?: {
        readonly vendor: string;
        readonly model: string;
        readonly revision: number;
      } | undefined;
      readonly availability: "operative" | "inoperative";
      readonly scheduledAvailability?: "operative" | "inoperative" | undefined;
      readonly status: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted";
      readonly statusAt?: string | undefined;
      readonly errorCode?: string | undefined;
      readonly statusDetail?: Readonly<Record<string, unknown>> | undefined;
      readonly evseCount: number;
      readonly openTransactions: number;
      readonly transactionCount: number;
      readonly reservable: boolean;
      readonly strict: boolean;
      readonly quirks?: Readonly<Record<string, unknown>> | undefined;
      readonly place?: {
        readonly coordinates?: {
          readonly latitude: number;
          readonly longitude: number;
        } | undefined;
        readonly address?: {
          readonly addressLine1: string;
          readonly addressLine2?: string | undefined;
          readonly postalCode?: string | undefined;
          readonly city: string;
          readonly region?: string | undefined;
          readonly country: string;
        } | undefined;
        readonly accessibility: "public" | "paying" | "private";
      } | undefined;
      readonly located: boolean;
      readonly latitude?: number | undefined;
      readonly longitude?: number | undefined;
      readonly openingTimes: readonly ({
        readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        readonly timeStart: string;
        readonly timeStop: string;
      })[];
      readonly permissions: Readonly<Record<string, readonly (string)[]>>;
      readonly authorizationProviders?: readonly (string)[] | undefined;
      readonly authorizationListVersion?: number | undefined;
      readonly rebootRequired: boolean;
      readonly createdAt: string;
      readonly acceptedAt?: string | undefined;
      readonly firstAcceptedAt?: string | undefined;
      readonly firstConfiguredAt?: string | undefined;
      readonly typeKey?: string | undefined;
      readonly passwordSetAt?: string | undefined;
      readonly connection: {
        readonly connected: boolean;
        readonly protocol?: string | undefined;
        readonly connectedAt?: string | undefined;
        readonly disconnectedAt?: string | undefined;
        readonly lastSeenAt?: string | undefined;
        readonly address?: string | undefined;
      };
    };
  };
  /** What you may do with a station now, and why not. */
  getChargingStationsByStationIdAllowed: {
    params: {
      readonly stationId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly commands: readonly ({
        readonly type: string;
        readonly permission: string;
        readonly to: "commands" | "requests" | "request" | "password" | "transactions";
        readonly operation: string;
        readonly when?: Readonly<Record<string, string | boolean>> | undefined;
        readonly allowed: boolean;
        readonly code?: string | undefined;
        readonly reason?: string | undefined;
      })[];
    };
  };
  /** Lists the tokens that a station may authorize by itself. */
  getChargingStationsByStationIdAuthorizationList: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly identifyingToken?: string | undefined;
      readonly tokenRef?: string | undefined;
      readonly status?: "accepted" | "blocked" | "expired" | "invalid" | "concurrentTransaction" | undefined;
      readonly groupToken?: string | undefined;
      readonly groupTokenRef?: string | undefined;
      readonly tokenRefFrom?: string | undefined;
      readonly tokenRefUntil?: string | undefined;
      readonly order?: "tokenRef" | "-tokenRef" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly tokenRef: string;
        readonly status: "accepted" | "blocked" | "expired" | "invalid" | "concurrentTransaction";
        readonly expiresAt?: string | undefined;
        readonly groupTokenRef?: string | undefined;
        readonly listVersion: number;
        readonly changedAt: string;
        readonly identifyingToken?: string | undefined;
        readonly groupToken?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists charging profiles. */
  getChargingStationsByStationIdChargingProfiles: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly chargingProfileId?: number | undefined;
      readonly evseId?: number | undefined;
      readonly chargingProfilePurpose?: string | undefined;
      readonly stackLevel?: number | undefined;
      readonly transactionId?: string | undefined;
      readonly chargingProfileIdFrom?: number | undefined;
      readonly chargingProfileIdUntil?: number | undefined;
      readonly setAtFrom?: string | undefined;
      readonly setAtUntil?: string | undefined;
      readonly order?: "chargingProfileId" | "-chargingProfileId" | "setAt" | "-setAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly chargingProfileId: number;
        readonly evseId?: number | undefined;
        readonly chargingProfilePurpose: string;
        readonly stackLevel: number;
        readonly transactionId?: string | undefined;
        readonly chargingProfile: {
          readonly chargingProfileId: number;
          readonly transactionId?: string | undefined;
          readonly stackLevel: number;
          readonly chargingProfilePurpose: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
          readonly chargingProfileKind: "Absolute" | "Recurring" | "Relative";
          readonly recurrencyKind?: "Daily" | "Weekly" | undefined;
          readonly validFrom?: string | undefined;
          readonly validTo?: string | undefined;
          readonly chargingSchedule: {
            readonly duration?: number | undefined;
            readonly startSchedule?: string | undefined;
            readonly chargingRateUnit: "A" | "W";
            readonly chargingSchedulePeriod: readonly ({
              readonly startPeriod: number;
              readonly limit: number;
              readonly numberPhases?: number | undefined;
            })[];
            readonly minChargingRate?: number | undefined;
          };
        };
        readonly setAt: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows what all profiles together allow, as last computed. */
  getChargingStationsByStationIdCompositeSchedules: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly evseId?: number | undefined;
      readonly requestId?: string | undefined;
      readonly receivedAtFrom?: string | undefined;
      readonly receivedAtUntil?: string | undefined;
      readonly order?: "receivedAt" | "-receivedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly evseId?: number | undefined;
        readonly requestId?: string | undefined;
        readonly schedule: {
          readonly scheduleStart?: string | undefined;
          readonly chargingSchedule?: unknown | undefined;
        };
        readonly receivedAt: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists a station's own settings. */
  getChargingStationsByStationIdConfiguration: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly key?: string | undefined;
      readonly value?: string | undefined;
      readonly readonly?: boolean | undefined;
      readonly unknown?: boolean | undefined;
      readonly rebootRequired?: boolean | undefined;
      readonly keyFrom?: string | undefined;
      readonly keyUntil?: string | undefined;
      readonly search?: string | undefined;
      readonly order?: "key" | "-key" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly key: string;
        readonly value?: string | undefined;
        readonly readonly: boolean;
        readonly unknown: boolean;
        readonly rebootRequired: boolean;
        readonly at: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists where a station differs from its specification, and how often. */
  getChargingStationsByStationIdDeviations: {
    params: {
      readonly stationId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly code: string;
        readonly meaning?: string | undefined;
        readonly row?: string | undefined;
        readonly count: number;
        readonly firstAt: string;
        readonly lastAt: string;
        readonly firmwareVersions: readonly (string)[];
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists diagnostics uploads. */
  getChargingStationsByStationIdDiagnosticsJobs: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly requestId?: string | undefined;
      readonly status?: string | undefined;
      readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      readonly nothingToUpload?: boolean | undefined;
      readonly requestedAtFrom?: string | undefined;
      readonly requestedAtUntil?: string | undefined;
      readonly order?: "-requestedAt" | "requestedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly requestId: string;
        readonly location?: string | undefined;
        readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
        readonly status?: string | undefined;
        readonly statusAt?: string | undefined;
        readonly statuses: readonly ({
          readonly status: string;
          readonly at: string;
        })[];
        readonly requestedAt: string;
        readonly periodStart?: string | undefined;
        readonly periodStop?: string | undefined;
        readonly fileName?: string | undefined;
        readonly nothingToUpload: boolean;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists what happened to a station, newest first. */
  getChargingStationsByStationIdEvents: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
      readonly type?: string | undefined;
      readonly search?: string | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly cursor: string;
        readonly type: string;
        readonly schema: number;
        readonly stream: string;
        readonly version: number;
        readonly stationId?: string | undefined;
        readonly data: unknown;
        readonly meta: {
          readonly recordedAt: string;
          readonly actor: {
            readonly kind: string;
            readonly id: string;
          };
          readonly correlationId?: string | undefined;
          readonly causationId?: string | undefined;
          readonly stationTime?: string | undefined;
          readonly protocol?: string | undefined;
        };
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists a station's EVSEs. */
  getChargingStationsByStationIdEvses: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly evseId?: number | undefined;
      readonly availability?: "operative" | "inoperative" | undefined;
      readonly status?: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted" | undefined;
      readonly errorCode?: string | undefined;
      readonly stationFrom?: string | undefined;
      readonly stationUntil?: string | undefined;
      readonly evseIdFrom?: number | undefined;
      readonly evseIdUntil?: number | undefined;
      readonly order?: "station" | "evseId" | "-evseId" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly evseId: number;
        readonly availability: "operative" | "inoperative";
        readonly scheduledAvailability?: "operative" | "inoperative" | undefined;
        readonly status: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted";
        readonly statusAt?: string | undefined;
        readonly errorCode?: string | undefined;
        readonly detail?: Readonly<Record<string, string>> | undefined;
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly ocpp1ConnectorId?: number | undefined;
          readonly type: string;
          readonly current?: "AC" | "DC" | undefined;
          readonly phases?: number | undefined;
          readonly voltageV?: number | undefined;
          readonly maxCurrentA?: number | undefined;
          readonly maxPowerW?: number | undefined;
          readonly status?: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted" | undefined;
          readonly statusAt?: string | undefined;
        })[];
        readonly transactionId?: string | undefined;
        readonly unlockedAt?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists firmware updates. */
  getChargingStationsByStationIdFirmwareJobs: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly requestId?: string | undefined;
      readonly status?: string | undefined;
      readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      readonly requestedAtFrom?: string | undefined;
      readonly requestedAtUntil?: string | undefined;
      readonly order?: "-requestedAt" | "requestedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly requestId: string;
        readonly location?: string | undefined;
        readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
        readonly status?: string | undefined;
        readonly statusAt?: string | undefined;
        readonly statuses: readonly ({
          readonly status: string;
          readonly at: string;
        })[];
        readonly requestedAt: string;
        readonly retrieveAt?: string | undefined;
        readonly takenOnAt?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists what went over the wire, newest first. */
  getChargingStationsByStationIdMessages: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
      readonly action?: string | undefined;
      readonly search?: string | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly at: string;
        readonly direction: "fromStation" | "toStation";
        readonly protocol: string;
        readonly action?: string | undefined;
        readonly messageId?: string | undefined;
        readonly call: string;
        readonly answer?: string | undefined;
        readonly tookMs?: number | undefined;
        readonly deviations?: readonly (string)[] | undefined;
        readonly correlationId?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows what is different about a station, and who says so. */
  getChargingStationsByStationIdQuirks: {
    params: {
      readonly stationId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly strict: boolean;
      readonly inForce: Readonly<Record<string, unknown>>;
      readonly profiles: readonly (string)[];
      readonly own: Readonly<Record<string, unknown>>;
    };
  };
  /** Lists what a station was asked. */
  getChargingStationsByStationIdRequests: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly type?: string | undefined;
      readonly state?: "queued" | "sent" | "done" | undefined;
      readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      readonly succeeded?: boolean | undefined;
      readonly correlationId?: string | undefined;
      readonly followUp?: "awaited" | "fulfilled" | "missed" | "notAwaited" | undefined;
      readonly transactionId?: string | undefined;
      readonly requestedAtFrom?: string | undefined;
      readonly requestedAtUntil?: string | undefined;
      readonly search?: string | undefined;
      readonly order?: "-requestedAt" | "requestedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly requestId: string;
        readonly type: string;
        readonly parameters: Readonly<Record<string, unknown>>;
        readonly correlationId: string;
        readonly requestedBy: string;
        readonly state: "queued" | "sent" | "done";
        readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
        readonly succeeded?: boolean | undefined;
        readonly status?: string | undefined;
        readonly result?: unknown | undefined;
        readonly requestedAt: string;
        readonly deadline: string;
        readonly validUntil?: string | undefined;
        readonly sentAt?: string | undefined;
        readonly answeredAt?: string | undefined;
        readonly completedAt?: string | undefined;
        readonly lateAnswer?: {
          readonly status?: string | undefined;
          readonly result?: unknown | undefined;
          readonly at: string;
        } | undefined;
        readonly followUp?: "awaited" | "fulfilled" | "missed" | "notAwaited" | undefined;
        readonly transactionId?: string | undefined;
        readonly triggeredAt?: string | undefined;
        readonly parentRequestId?: string | undefined;
        readonly parts?: Readonly<Record<string, {
          readonly state: "queued" | "sent" | "done";
          readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
        }>> | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows a request and its outcome. */
  getChargingStationsByStationIdRequestsByRequestId: {
    params: {
      readonly stationId: string;
      readonly requestId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly stationId: string;
      readonly requestId: string;
      readonly type: string;
      readonly parameters: Readonly<Record<string, unknown>>;
      readonly correlationId: string;
      readonly requestedBy: string;
      readonly state: "queued" | "sent" | "done";
      readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      readonly succeeded?: boolean | undefined;
      readonly status?: string | undefined;
      readonly result?: unknown | undefined;
      readonly requestedAt: string;
      readonly deadline: string;
      readonly validUntil?: string | undefined;
      readonly sentAt?: string | undefined;
      readonly answeredAt?: string | undefined;
      readonly completedAt?: string | undefined;
      readonly lateAnswer?: {
        readonly status?: string | undefined;
        readonly result?: unknown | undefined;
        readonly at: string;
      } | undefined;
      readonly followUp?: "awaited" | "fulfilled" | "missed" | "notAwaited" | undefined;
      readonly transactionId?: string | undefined;
      readonly triggeredAt?: string | undefined;
      readonly parentRequestId?: string | undefined;
      readonly parts?: Readonly<Record<string, {
        readonly state: "queued" | "sent" | "done";
        readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      }>> | undefined;
    };
  };
  /** Lists a station's reservations. */
  getChargingStationsByStationIdReservations: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly state?: "active" | "used" | "cancelled" | "expired" | "replaced" | undefined;
      readonly evseId?: number | undefined;
      readonly identifyingToken?: string | undefined;
      readonly tokenRef?: string | undefined;
      readonly reservationNumber?: number | undefined;
      readonly reservationId?: string | undefined;
      readonly madeAtFrom?: string | undefined;
      readonly madeAtUntil?: string | undefined;
      readonly expiresAtFrom?: string | undefined;
      readonly expiresAtUntil?: string | undefined;
      readonly order?: "-madeAt" | "madeAt" | "expiresAt" | "-expiresAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly reservationId: string;
        readonly reservationNumber: number;
        readonly evseId?: number | undefined;
        readonly tokenRef?: string | undefined;
        readonly state: "active" | "used" | "cancelled" | "expired" | "replaced";
        readonly expiresAt: string;
        readonly madeAt: string;
        readonly endedAt?: string | undefined;
        readonly transactionId?: string | undefined;
        readonly correlationId?: string | undefined;
        readonly identifyingToken?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists a station's transactions. */
  getChargingStationsByStationIdTransactions: {
    params: {
      readonly stationId: string;
    };
    query: {
      readonly state?: "active" | "ended" | "estimated" | undefined;
      readonly evseId?: number | undefined;
      readonly transactionNumber?: number | undefined;
      readonly identifyingToken?: string | undefined;
      readonly tokenRef?: string | undefined;
      readonly reservationId?: string | undefined;
      readonly startRequestId?: string | undefined;
      readonly stopRequestId?: string | undefined;
      readonly stopReason?: string | undefined;
      readonly flagged?: boolean | undefined;
      readonly over?: boolean | undefined;
      readonly startedAtFrom?: string | undefined;
      readonly startedAtUntil?: string | undefined;
      readonly energyWhFrom?: number | undefined;
      readonly energyWhUntil?: number | undefined;
      readonly search?: string | undefined;
      readonly order?: "-startedAt" | "startedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly transactionId: string;
        readonly transactionNumber?: number | undefined;
        readonly wireTransactionNumber?: number | undefined;
        readonly evseId: number;
        readonly connectorId?: number | undefined;
        readonly state: "active" | "ended" | "estimated";
        readonly tokenRef?: string | undefined;
        readonly groupTokenRef?: string | undefined;
        readonly authorization?: {
          readonly status: "accepted" | "blocked" | "expired" | "invalid" | "concurrentTransaction";
          readonly provider: string;
          readonly expiresAt?: string | undefined;
          readonly groupTokenRef?: string | undefined;
          readonly groupToken?: string | undefined;
        } | undefined;
        readonly startedAt: string;
        readonly stationStartedAt?: string | undefined;
        readonly stoppedAt?: string | undefined;
        readonly stationStoppedAt?: string | undefined;
        readonly stopReason?: string | undefined;
        readonly stopTokenRef?: string | undefined;
        readonly meterStartWh?: number | undefined;
        readonly meterStopWh?: number | undefined;
        readonly meterLastWh?: number | undefined;
        readonly energyWh?: number | undefined;
        readonly powerW?: number | undefined;
        readonly stateOfChargePercent?: number | undefined;
        readonly sampleCount: number;
        readonly lastSampleAt?: string | undefined;
        readonly reservationId?: string | undefined;
        readonly startRequestId?: string | undefined;
        readonly stopRequestId?: string | undefined;
        readonly startCorrelationId?: string | undefined;
        readonly stopCorrelationId?: string | undefined;
        readonly repeatOf?: string | undefined;
        readonly otherEnds: readonly ({
          readonly end: "estimated" | "repeated";
          readonly stoppedAt: string;
          readonly meterStopWh?: number | undefined;
          readonly energyWh?: number | undefined;
          readonly stopReason?: string | undefined;
          readonly at: string;
        })[];
        readonly reviews: readonly ("meterWentBackwards" | "meterStartUnknown" | "meterStopUnknown" | "energyImplausible" | "sampledBeyondEnd" | "endEstimated" | "correctedAfterEstimate" | "endBeforeStart" | "stoppedTwice" | "startedTwice" | "stopWithoutStart" | "startedAfterStop" | "stopMatchedByToken" | "stopOfAnotherToken" | "implausibleClock" | "notAuthorized")[];
        readonly reviewCount: number;
        readonly reviewNote?: string | undefined;
        readonly identifyingToken?: string | undefined;
        readonly groupToken?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows nodes, who does what, and how the engines are; what is wrong in words. */
  getCluster: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly node: string;
      readonly at: string;
      readonly ok: boolean;
      readonly problems: readonly (string)[];
      readonly head?: number | undefined;
      readonly nodes: readonly ({
        readonly node: string;
        readonly url?: string | undefined;
        readonly roles: readonly (string)[];
        readonly release: string;
        readonly startedAt: string;
        readonly live: boolean;
        readonly leaseUntil?: string | undefined;
        readonly draining: boolean;
        readonly sockets?: number | undefined;
      })[];
      readonly leases: readonly ({
        readonly name: string;
        readonly node: string;
        readonly epoch: number;
        readonly since?: string | undefined;
        readonly until: string;
        readonly live: boolean;
      })[];
      readonly engines: {
        readonly store: {
          readonly kind: string;
          readonly ok: boolean;
          readonly reason?: string | undefined;
        };
        readonly views: {
          readonly ok: boolean;
          readonly reason?: string | undefined;
          readonly position?: number | undefined;
          readonly lag?: number | undefined;
          readonly lagSeconds?: number | undefined;
        };
        readonly messages: {
          readonly kind?: string | undefined;
          readonly ok: boolean;
          readonly reason?: string | undefined;
          readonly sent?: number | undefined;
          readonly received?: number | undefined;
          readonly lost?: number | undefined;
          readonly reconnects?: number | undefined;
        };
      };
      readonly strandedStations?: number | undefined;
    };
  };
  /** Lists refused handshakes: why, and the URL that would have worked. */
  getConnectionAttempts: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly at: string;
        readonly firstAt: string;
        readonly count: number;
        readonly url: string;
        readonly address?: string | undefined;
        readonly stationId?: string | undefined;
        readonly status: number;
        readonly reason: string;
        readonly workingUrl?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows what was set up for the console: where its map takes its tiles from. */
  getConsole: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly tiles?: {
        readonly url: string;
        readonly attribution?: string | undefined;
      } | undefined;
    };
  };
  /** Lists what is due when. */
  getDeadlines: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly kind?: "request" | "followUp" | "reservation" | undefined;
      readonly id?: string | undefined;
      readonly dueAtFrom?: string | undefined;
      readonly dueAtUntil?: string | undefined;
      readonly order?: "dueAt" | "-dueAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly kind: "request" | "followUp" | "reservation";
        readonly id: string;
        readonly station: string;
        readonly dueAt: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists deviations of all stations by station, kind and firmware, and how often. */
  getDeviations: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly code?: string | undefined;
      readonly vendor?: string | undefined;
      readonly model?: string | undefined;
      readonly firmwareVersion?: string | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly code: string;
        readonly meaning?: string | undefined;
        readonly row?: string | undefined;
        readonly vendor?: string | undefined;
        readonly model?: string | undefined;
        readonly firmwareVersion?: string | undefined;
        readonly count: number;
        readonly firstAt: string;
        readonly lastAt: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Reads the log from a cursor on, in pages or live. */
  getEvents: {
    params: Record<never, never>;
    query: {
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
      readonly stationId?: string | undefined;
      readonly correlationId?: string | undefined;
      readonly type?: string | undefined;
    };
    body: undefined;
    answer: {
      readonly cursor: string;
      readonly type: string;
      readonly schema: number;
      readonly stream: string;
      readonly version: number;
      readonly stationId?: string | undefined;
      readonly data: unknown;
      readonly meta: {
        readonly recordedAt: string;
        readonly actor: {
          readonly kind: string;
          readonly id: string;
        };
        readonly correlationId?: string | undefined;
        readonly causationId?: string | undefined;
        readonly stationTime?: string | undefined;
        readonly protocol?: string | undefined;
      };
    };
  };
  /** Lists the EVSEs of all stations. */
  getEvses: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly evseId?: number | undefined;
      readonly availability?: "operative" | "inoperative" | undefined;
      readonly status?: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted" | undefined;
      readonly errorCode?: string | undefined;
      readonly stationFrom?: string | undefined;
      readonly stationUntil?: string | undefined;
      readonly evseIdFrom?: number | undefined;
      readonly evseIdUntil?: number | undefined;
      readonly order?: "station" | "evseId" | "-evseId" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly evseId: number;
        readonly availability: "operative" | "inoperative";
        readonly scheduledAvailability?: "operative" | "inoperative" | undefined;
        readonly status: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted";
        readonly statusAt?: string | undefined;
        readonly errorCode?: string | undefined;
        readonly detail?: Readonly<Record<string, string>> | undefined;
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly ocpp1ConnectorId?: number | undefined;
          readonly type: string;
          readonly current?: "AC" | "DC" | undefined;
          readonly phases?: number | undefined;
          readonly voltageV?: number | undefined;
          readonly maxCurrentA?: number | undefined;
          readonly maxPowerW?: number | undefined;
          readonly status?: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted" | undefined;
          readonly statusAt?: string | undefined;
        })[];
        readonly transactionId?: string | undefined;
        readonly unlockedAt?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists add-ons: what they may do, who runs them, how far they are. */
  getInstalledAddOns: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly addOn: string;
        readonly state: "upToDate" | "behind" | "parked" | "notRunning";
        readonly parked: number;
        readonly waitingSince?: string | undefined;
        readonly node?: string | undefined;
        readonly reactsTo: readonly (string)[];
        readonly answers: readonly (string)[];
        readonly grants: {
          readonly events: readonly (string)[];
          readonly commands: readonly (string)[];
          readonly queries: readonly (string)[];
          readonly questions: readonly (string)[];
        };
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists every limit with the value in force. */
  getLimits: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly name: string;
        readonly value: number;
        readonly unit: string;
        readonly default: number;
        readonly protects: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Says that the process runs. */
  getLivez: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly live: boolean;
    };
  };
  /** Says who you are and what you may do on every station. */
  getMe: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly kind: "user" | "apiKey";
      readonly name: string;
      readonly administrator: boolean;
      readonly permissions: readonly (string)[];
      readonly oneTimePassword: boolean;
      readonly mayNot: readonly ({
        readonly operation: string;
        readonly when?: Readonly<Record<string, string | boolean>> | undefined;
        readonly permission?: string | undefined;
        readonly code: string;
        readonly reason: string;
      })[];
    };
  };
  /** Lists what went over the wires of all stations, newest first. */
  getMessages: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly action?: string | undefined;
      readonly direction?: "fromStation" | "toStation" | undefined;
      readonly correlationId?: string | undefined;
      readonly deviating?: boolean | undefined;
      readonly answered?: boolean | undefined;
      readonly search?: string | undefined;
      readonly since?: string | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly id: string;
        readonly at: string;
        readonly direction: "fromStation" | "toStation";
        readonly protocol: string;
        readonly action?: string | undefined;
        readonly messageId?: string | undefined;
        readonly call: string;
        readonly answer?: string | undefined;
        readonly tookMs?: number | undefined;
        readonly deviations?: readonly (string)[] | undefined;
        readonly correlationId?: string | undefined;
      })[];
      readonly next?: string | undefined;
      readonly newest?: string | undefined;
    };
  };
  /** Figures for Prometheus; none per station. */
  getMetrics: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: string;
  };
  /** Lists deviations by vendor, model and firmware: of how many stations, how often. */
  getModelDeviations: {
    params: Record<never, never>;
    query: {
      readonly code?: string | undefined;
      readonly vendor?: string | undefined;
      readonly model?: string | undefined;
      readonly firmwareVersion?: string | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly vendor?: string | undefined;
        readonly model?: string | undefined;
        readonly firmwareVersion?: string | undefined;
        readonly code: string;
        readonly meaning?: string | undefined;
        readonly row?: string | undefined;
        readonly stations: number;
        readonly count: number;
        readonly firstAt: string;
        readonly lastAt: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists the versions of OCPP that are spoken, the best one first. */
  getOcpp: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly protocol: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists the actions of a version that can be called at a station. */
  getOcppByProtocolActions: {
    params: {
      readonly protocol: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly action: string;
        readonly spec?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows the schemas of an action: of its call, and of the answer to it. */
  getOcppByProtocolActionsByAction: {
    params: {
      readonly protocol: string;
      readonly action: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly protocol: string;
      readonly action: string;
      readonly spec?: string | undefined;
      readonly request: Readonly<Record<string, unknown>>;
      readonly response: Readonly<Record<string, unknown>>;
    };
  };
  /** Counts stations, EVSEs and sessions, and what needs a person. */
  getOverview: {
    params: Record<never, never>;
    query: {
      readonly since: string;
    };
    body: undefined;
    answer: {
      readonly at: string;
      readonly stations: {
        readonly total: number;
        readonly connected?: number | undefined;
        readonly byState: Readonly<Record<string, number>>;
      };
      readonly evses: {
        readonly total: number;
        readonly byStatus: Readonly<Record<string, number>>;
      };
      readonly sessions: {
        readonly active: number;
        readonly powerW: number;
        readonly since: string;
        readonly started: number;
        readonly energyWh: number;
      };
      readonly attention: {
        readonly waiting: number;
        readonly offline?: number | undefined;
        readonly unconfigured: number;
        readonly unknownTypes: number;
        readonly faulted: number;
        readonly failedRequests: number;
        readonly parked: number;
        readonly reviews: number;
      };
    };
  };
  /** Lists every permission that a user or a key can hold. */
  getPermissions: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly permission: string;
        readonly about: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists the quirk profiles in use: Motown's, then the operator's own. */
  getQuirkProfiles: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly name: string;
        readonly match: Readonly<Record<string, unknown>>;
        readonly quirks: Readonly<Record<string, unknown>>;
        readonly rows?: readonly (string)[] | undefined;
        readonly sources?: readonly (string)[] | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Says whether it can serve, and if not, why. */
  getReadyz: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly ready: boolean;
      readonly checks: Readonly<Record<string, {
        readonly ok: boolean;
        readonly reason?: string | undefined;
      }>>;
    };
  };
  /** Lists refused wishes, and why. */
  getRefusals: {
    params: Record<never, never>;
    query: {
      readonly command?: string | undefined;
      readonly code?: string | undefined;
      readonly stream?: string | undefined;
      readonly actor?: string | undefined;
      readonly atFrom?: string | undefined;
      readonly atUntil?: string | undefined;
      readonly search?: string | undefined;
      readonly order?: "-at" | "at" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly cursor: string;
        readonly command: string;
        readonly code: string;
        readonly detail?: string | undefined;
        readonly stream: string;
        readonly actor: string;
        readonly at: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists what all stations were asked. */
  getRequests: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly type?: string | undefined;
      readonly state?: "queued" | "sent" | "done" | undefined;
      readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      readonly succeeded?: boolean | undefined;
      readonly correlationId?: string | undefined;
      readonly followUp?: "awaited" | "fulfilled" | "missed" | "notAwaited" | undefined;
      readonly transactionId?: string | undefined;
      readonly requestedAtFrom?: string | undefined;
      readonly requestedAtUntil?: string | undefined;
      readonly search?: string | undefined;
      readonly order?: "-requestedAt" | "requestedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly requestId: string;
        readonly type: string;
        readonly parameters: Readonly<Record<string, unknown>>;
        readonly correlationId: string;
        readonly requestedBy: string;
        readonly state: "queued" | "sent" | "done";
        readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
        readonly succeeded?: boolean | undefined;
        readonly status?: string | undefined;
        readonly result?: unknown | undefined;
        readonly requestedAt: string;
        readonly deadline: string;
        readonly validUntil?: string | undefined;
        readonly sentAt?: string | undefined;
        readonly answeredAt?: string | undefined;
        readonly completedAt?: string | undefined;
        readonly lateAnswer?: {
          readonly status?: string | undefined;
          readonly result?: unknown | undefined;
          readonly at: string;
        } | undefined;
        readonly followUp?: "awaited" | "fulfilled" | "missed" | "notAwaited" | undefined;
        readonly transactionId?: string | undefined;
        readonly triggeredAt?: string | undefined;
        readonly parentRequestId?: string | undefined;
        readonly parts?: Readonly<Record<string, {
          readonly state: "queued" | "sent" | "done";
          readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
        }>> | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists reservations. */
  getReservations: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly state?: "active" | "used" | "cancelled" | "expired" | "replaced" | undefined;
      readonly evseId?: number | undefined;
      readonly identifyingToken?: string | undefined;
      readonly tokenRef?: string | undefined;
      readonly reservationNumber?: number | undefined;
      readonly reservationId?: string | undefined;
      readonly madeAtFrom?: string | undefined;
      readonly madeAtUntil?: string | undefined;
      readonly expiresAtFrom?: string | undefined;
      readonly expiresAtUntil?: string | undefined;
      readonly order?: "-madeAt" | "madeAt" | "expiresAt" | "-expiresAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly reservationId: string;
        readonly reservationNumber: number;
        readonly evseId?: number | undefined;
        readonly tokenRef?: string | undefined;
        readonly state: "active" | "used" | "cancelled" | "expired" | "replaced";
        readonly expiresAt: string;
        readonly madeAt: string;
        readonly endedAt?: string | undefined;
        readonly transactionId?: string | undefined;
        readonly correlationId?: string | undefined;
        readonly identifyingToken?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows one of the reservations. */
  getReservationsByReservationId: {
    params: {
      readonly reservationId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly stationId: string;
      readonly reservationId: string;
      readonly reservationNumber: number;
      readonly evseId?: number | undefined;
      readonly tokenRef?: string | undefined;
      readonly state: "active" | "used" | "cancelled" | "expired" | "replaced";
      readonly expiresAt: string;
      readonly madeAt: string;
      readonly endedAt?: string | undefined;
      readonly transactionId?: string | undefined;
      readonly correlationId?: string | undefined;
      readonly identifyingToken?: string | undefined;
    };
  };
  /** Says whether this browser is signed in, and as whom. */
  getSession: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly signedIn: true;
      readonly user: string;
      readonly administrator: boolean;
      readonly permissions: readonly (string)[];
      readonly mayNot: readonly ({
        readonly operation: string;
        readonly when?: Readonly<Record<string, string | boolean>> | undefined;
        readonly permission?: string | undefined;
        readonly code: string;
        readonly reason: string;
      })[];
      readonly oneTimePassword: boolean;
      readonly csrf: string;
      readonly startedAt: string;
      readonly endsAt: string;
      readonly idleSeconds: number;
    } | {
      readonly signedIn: false;
      readonly firstStart: boolean;
    };
  };
  /** Lists what users were permitted on single stations. */
  getStationPermissions: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly user?: string | undefined;
      readonly permission?: string | undefined;
      readonly grantedAtFrom?: string | undefined;
      readonly grantedAtUntil?: string | undefined;
      readonly userFrom?: string | undefined;
      readonly userUntil?: string | undefined;
      readonly order?: "-grantedAt" | "grantedAt" | "user" | "-user" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly user: string;
        readonly permission: string;
        readonly grantedAt: string;
        readonly byRegistration: boolean;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists station types. */
  getStationTypes: {
    params: Record<never, never>;
    query: {
      readonly vendor?: string | undefined;
      readonly model?: string | undefined;
      readonly vendorFrom?: string | undefined;
      readonly vendorUntil?: string | undefined;
      readonly definedAtFrom?: string | undefined;
      readonly definedAtUntil?: string | undefined;
      readonly search?: string | undefined;
      readonly order?: "vendor" | "-vendor" | "definedAt" | "-definedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly typeKey: string;
        readonly vendor: string;
        readonly model: string;
        readonly revision: number;
        readonly evses: readonly ({
          readonly evseId: number;
          readonly connectors: readonly ({
            readonly connectorId: number;
            readonly ocpp1ConnectorId?: number | undefined;
            readonly type: string;
            readonly current?: "AC" | "DC" | undefined;
            readonly phases?: number | undefined;
            readonly voltageV?: number | undefined;
            readonly maxCurrentA?: number | undefined;
            readonly maxPowerW?: number | undefined;
          })[];
        })[];
        readonly configuration?: Readonly<Record<string, string>> | undefined;
        readonly definedAt: string;
        readonly stations: number;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows a station type. */
  getStationTypesByVendorByModel: {
    params: {
      readonly vendor: string;
      readonly model: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly typeKey: string;
      readonly vendor: string;
      readonly model: string;
      readonly revision: number;
      readonly evses: readonly ({
        readonly evseId: number;
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly ocpp1ConnectorId?: number | undefined;
          readonly type: string;
          readonly current?: "AC" | "DC" | undefined;
          readonly phases?: number | undefined;
          readonly voltageV?: number | undefined;
          readonly maxCurrentA?: number | undefined;
          readonly maxPowerW?: number | undefined;
        })[];
      })[];
      readonly configuration?: Readonly<Record<string, string>> | undefined;
      readonly definedAt: string;
      readonly stations: number;
    };
  };
  /** Lists tokens. */
  getTokens: {
    params: Record<never, never>;
    query: {
      readonly identifyingToken?: string | undefined;
      readonly tokenRef?: string | undefined;
      readonly status?: "accepted" | "blocked" | "expired" | "invalid" | undefined;
      readonly groupToken?: string | undefined;
      readonly groupTokenRef?: string | undefined;
      readonly createdAtFrom?: string | undefined;
      readonly createdAtUntil?: string | undefined;
      readonly changedAtFrom?: string | undefined;
      readonly changedAtUntil?: string | undefined;
      readonly order?: "-createdAt" | "createdAt" | "-changedAt" | "changedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly tokenRef: string;
        readonly status: "accepted" | "blocked" | "expired" | "invalid";
        readonly expiresAt?: string | undefined;
        readonly groupTokenRef?: string | undefined;
        readonly concurrency?: number | undefined;
        readonly createdAt: string;
        readonly changedAt: string;
        readonly activeTransactions: number;
        readonly identifyingToken?: string | undefined;
        readonly groupToken?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows a token. */
  getTokensByUid: {
    params: {
      readonly uid: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly tokenRef: string;
      readonly status: "accepted" | "blocked" | "expired" | "invalid";
      readonly expiresAt?: string | undefined;
      readonly groupTokenRef?: string | undefined;
      readonly concurrency?: number | undefined;
      readonly createdAt: string;
      readonly changedAt: string;
      readonly activeTransactions: number;
      readonly identifyingToken?: string | undefined;
      readonly groupToken?: string | undefined;
    };
  };
  /** Lists what was decided about a token, oldest first. */
  getTokensByUidEvents: {
    params: {
      readonly uid: string;
    };
    query: {
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly cursor: string;
        readonly type: string;
        readonly schema: number;
        readonly stream: string;
        readonly version: number;
        readonly stationId?: string | undefined;
        readonly data: unknown;
        readonly meta: {
          readonly recordedAt: string;
          readonly actor: {
            readonly kind: string;
            readonly id: string;
          };
          readonly correlationId?: string | undefined;
          readonly causationId?: string | undefined;
          readonly stationTime?: string | undefined;
          readonly protocol?: string | undefined;
        };
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists transactions. */
  getTransactions: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly state?: "active" | "ended" | "estimated" | undefined;
      readonly evseId?: number | undefined;
      readonly transactionNumber?: number | undefined;
      readonly identifyingToken?: string | undefined;
      readonly tokenRef?: string | undefined;
      readonly reservationId?: string | undefined;
      readonly startRequestId?: string | undefined;
      readonly stopRequestId?: string | undefined;
      readonly stopReason?: string | undefined;
      readonly flagged?: boolean | undefined;
      readonly over?: boolean | undefined;
      readonly startedAtFrom?: string | undefined;
      readonly startedAtUntil?: string | undefined;
      readonly energyWhFrom?: number | undefined;
      readonly energyWhUntil?: number | undefined;
      readonly search?: string | undefined;
      readonly order?: "-startedAt" | "startedAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly transactionId: string;
        readonly transactionNumber?: number | undefined;
        readonly wireTransactionNumber?: number | undefined;
        readonly evseId: number;
        readonly connectorId?: number | undefined;
        readonly state: "active" | "ended" | "estimated";
        readonly tokenRef?: string | undefined;
        readonly groupTokenRef?: string | undefined;
        readonly authorization?: {
          readonly status: "accepted" | "blocked" | "expired" | "invalid" | "concurrentTransaction";
          readonly provider: string;
          readonly expiresAt?: string | undefined;
          readonly groupTokenRef?: string | undefined;
          readonly groupToken?: string | undefined;
        } | undefined;
        readonly startedAt: string;
        readonly stationStartedAt?: string | undefined;
        readonly stoppedAt?: string | undefined;
        readonly stationStoppedAt?: string | undefined;
        readonly stopReason?: string | undefined;
        readonly stopTokenRef?: string | undefined;
        readonly meterStartWh?: number | undefined;
        readonly meterStopWh?: number | undefined;
        readonly meterLastWh?: number | undefined;
        readonly energyWh?: number | undefined;
        readonly powerW?: number | undefined;
        readonly stateOfChargePercent?: number | undefined;
        readonly sampleCount: number;
        readonly lastSampleAt?: string | undefined;
        readonly reservationId?: string | undefined;
        readonly startRequestId?: string | undefined;
        readonly stopRequestId?: string | undefined;
        readonly startCorrelationId?: string | undefined;
        readonly stopCorrelationId?: string | undefined;
        readonly repeatOf?: string | undefined;
        readonly otherEnds: readonly ({
          readonly end: "estimated" | "repeated";
          readonly stoppedAt: string;
          readonly meterStopWh?: number | undefined;
          readonly energyWh?: number | undefined;
          readonly stopReason?: string | undefined;
          readonly at: string;
        })[];
        readonly reviews: readonly ("meterWentBackwards" | "meterStartUnknown" | "meterStopUnknown" | "energyImplausible" | "sampledBeyondEnd" | "endEstimated" | "correctedAfterEstimate" | "endBeforeStart" | "stoppedTwice" | "startedTwice" | "stopWithoutStart" | "startedAfterStop" | "stopMatchedByToken" | "stopOfAnotherToken" | "implausibleClock" | "notAuthorized")[];
        readonly reviewCount: number;
        readonly reviewNote?: string | undefined;
        readonly identifyingToken?: string | undefined;
        readonly groupToken?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Shows one of the transactions. */
  getTransactionsByTransactionId: {
    params: {
      readonly transactionId: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly stationId: string;
      readonly transactionId: string;
      readonly transactionNumber?: number | undefined;
      readonly wireTransactionNumber?: number | undefined;
      readonly evseId: number;
      readonly connectorId?: number | undefined;
      readonly state: "active" | "ended" | "estimated";
      readonly tokenRef?: string | undefined;
      readonly groupTokenRef?: string | undefined;
      readonly authorization?: {
        readonly status: "accepted" | "blocked" | "expired" | "invalid" | "concurrentTransaction";
        readonly provider: string;
        readonly expiresAt?: string | undefined;
        readonly groupTokenRef?: string | undefined;
        readonly groupToken?: string | undefined;
      } | undefined;
      readonly startedAt: string;
      readonly stationStartedAt?: string | undefined;
      readonly stoppedAt?: string | undefined;
      readonly stationStoppedAt?: string | undefined;
      readonly stopReason?: string | undefined;
      readonly stopTokenRef?: string | undefined;
      readonly meterStartWh?: number | undefined;
      readonly meterStopWh?: number | undefined;
      readonly meterLastWh?: number | undefined;
      readonly energyWh?: number | undefined;
      readonly powerW?: number | undefined;
      readonly stateOfChargePercent?: number | undefined;
      readonly sampleCount: number;
      readonly lastSampleAt?: string | undefined;
      readonly reservationId?: string | undefined;
      readonly startRequestId?: string | undefined;
      readonly stopRequestId?: string | undefined;
      readonly startCorrelationId?: string | undefined;
      readonly stopCorrelationId?: string | undefined;
      readonly repeatOf?: string | undefined;
      readonly otherEnds: readonly ({
        readonly end: "estimated" | "repeated";
        readonly stoppedAt: string;
        readonly meterStopWh?: number | undefined;
        readonly energyWh?: number | undefined;
        readonly stopReason?: string | undefined;
        readonly at: string;
      })[];
      readonly reviews: readonly ("meterWentBackwards" | "meterStartUnknown" | "meterStopUnknown" | "energyImplausible" | "sampledBeyondEnd" | "endEstimated" | "correctedAfterEstimate" | "endBeforeStart" | "stoppedTwice" | "startedTwice" | "stopWithoutStart" | "startedAfterStop" | "stopMatchedByToken" | "stopOfAnotherToken" | "implausibleClock" | "notAuthorized")[];
      readonly reviewCount: number;
      readonly reviewNote?: string | undefined;
      readonly identifyingToken?: string | undefined;
      readonly groupToken?: string | undefined;
    };
  };
  /** Lists what happened in a transaction, oldest first. */
  getTransactionsByTransactionIdEvents: {
    params: {
      readonly transactionId: string;
    };
    query: {
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly cursor: string;
        readonly type: string;
        readonly schema: number;
        readonly stream: string;
        readonly version: number;
        readonly stationId?: string | undefined;
        readonly data: unknown;
        readonly meta: {
          readonly recordedAt: string;
          readonly actor: {
            readonly kind: string;
            readonly id: string;
          };
          readonly correlationId?: string | undefined;
          readonly causationId?: string | undefined;
          readonly stationTime?: string | undefined;
          readonly protocol?: string | undefined;
        };
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists what went over the wire for a transaction, newest first. */
  getTransactionsByTransactionIdMessages: {
    params: {
      readonly transactionId: string;
    };
    query: {
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly id: string;
        readonly at: string;
        readonly direction: "fromStation" | "toStation";
        readonly protocol: string;
        readonly action?: string | undefined;
        readonly messageId?: string | undefined;
        readonly call: string;
        readonly answer?: string | undefined;
        readonly tookMs?: number | undefined;
        readonly deviations?: readonly (string)[] | undefined;
        readonly correlationId?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists the samples of a transaction. */
  getTransactionsByTransactionIdMeterValues: {
    params: {
      readonly transactionId: string;
    };
    query: {
      readonly evseId?: number | undefined;
      readonly atFrom?: string | undefined;
      readonly atUntil?: string | undefined;
      readonly order?: "at" | "-at" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
      readonly measurand?: string | undefined;
      readonly phase?: string | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly stationId: string;
        readonly transactionId?: string | undefined;
        readonly evseId: number;
        readonly at: string;
        readonly measurand: string;
        readonly value?: number | undefined;
        readonly unit: string;
        readonly phase?: string | undefined;
        readonly location: string;
        readonly context: string;
        readonly format?: string | undefined;
        readonly text?: string | undefined;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists transactions as a table for spreadsheets. */
  getTransactionsCsv: {
    params: Record<never, never>;
    query: {
      readonly stationId?: string | undefined;
      readonly state?: "active" | "ended" | "estimated" | undefined;
      readonly evseId?: number | undefined;
      readonly transactionNumber?: number | undefined;
      readonly identifyingToken?: string | undefined;
      readonly tokenRef?: string | undefined;
      readonly reservationId?: string | undefined;
      readonly startRequestId?: string | undefined;
      readonly stopRequestId?: string | undefined;
      readonly stopReason?: string | undefined;
      readonly flagged?: boolean | undefined;
      readonly over?: boolean | undefined;
      readonly startedAtFrom?: string | undefined;
      readonly startedAtUntil?: string | undefined;
      readonly energyWhFrom?: number | undefined;
      readonly energyWhUntil?: number | undefined;
      readonly search?: string | undefined;
      readonly order?: "-startedAt" | "startedAt" | undefined;
    };
    body: undefined;
    answer: string;
  };
  /** Lists types that no catalogue knows. */
  getUnknownTypes: {
    params: Record<never, never>;
    query: {
      readonly vendor?: string | undefined;
      readonly model?: string | undefined;
      readonly vendorFrom?: string | undefined;
      readonly vendorUntil?: string | undefined;
      readonly stationCountFrom?: number | undefined;
      readonly stationCountUntil?: number | undefined;
      readonly firstSeenAtFrom?: string | undefined;
      readonly firstSeenAtUntil?: string | undefined;
      readonly search?: string | undefined;
      readonly order?: "vendor" | "-vendor" | "stationCount" | "-stationCount" | "firstSeenAt" | "-firstSeenAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly vendor: string;
        readonly model: string;
        readonly stationCount: number;
        readonly stations: readonly (string)[];
        readonly firstSeenAt: string;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lists users. */
  getUsers: {
    params: Record<never, never>;
    query: {
      readonly user?: string | undefined;
      readonly administrator?: boolean | undefined;
      readonly userFrom?: string | undefined;
      readonly userUntil?: string | undefined;
      readonly createdAtFrom?: string | undefined;
      readonly createdAtUntil?: string | undefined;
      readonly search?: string | undefined;
      readonly order?: "user" | "-user" | "createdAt" | "-createdAt" | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    body: undefined;
    answer: {
      readonly items: readonly ({
        readonly user: string;
        readonly administrator: boolean;
        readonly permissions: readonly (string)[];
        readonly createdAt: string;
        readonly passwordSetAt?: string | undefined;
        readonly oneTimePassword: boolean;
      })[];
      readonly next?: string | undefined;
    };
  };
  /** Lets an add-on try again what it could not handle. */
  postAddOnsByAddOnReleases: {
    params: {
      readonly addOn: string;
    };
    query: Record<never, never>;
    body: {
      readonly partition: string;
      readonly cursor: string;
    };
    answer: {
      readonly cursor: string;
      readonly events: readonly ({
        readonly cursor: string;
        readonly type: string;
        readonly schema: number;
        readonly stream: string;
        readonly version: number;
        readonly stationId?: string | undefined;
        readonly data: unknown;
        readonly meta: {
          readonly recordedAt: string;
          readonly actor: {
            readonly kind: string;
            readonly id: string;
          };
          readonly correlationId?: string | undefined;
          readonly causationId?: string | undefined;
          readonly stationTime?: string | undefined;
          readonly protocol?: string | undefined;
        };
      })[];
    };
  };
  /** Lets an add-on leave out for ever what it could not handle, and go on behind it. */
  postAddOnsByAddOnSkips: {
    params: {
      readonly addOn: string;
    };
    query: Record<never, never>;
    body: {
      readonly partition: string;
      readonly cursor: string;
    };
    answer: {
      readonly cursor: string;
      readonly events: readonly ({
        readonly cursor: string;
        readonly type: string;
        readonly schema: number;
        readonly stream: string;
        readonly version: number;
        readonly stationId?: string | undefined;
        readonly data: unknown;
        readonly meta: {
          readonly recordedAt: string;
          readonly actor: {
            readonly kind: string;
            readonly id: string;
          };
          readonly correlationId?: string | undefined;
          readonly causationId?: string | undefined;
          readonly stationTime?: string | undefined;
          readonly protocol?: string | undefined;
        };
      })[];
    };
  };
  /** Creates an API key; its secret is shown this once. */
  postApiKeys: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      readonly name: string;
      readonly administrator?: boolean | undefined;
      readonly permissions?: readonly (string)[] | undefined;
      readonly expiresAt?: string | undefined;
    };
    answer: {
      readonly apiKeyId: string;
      readonly apiKey: string;
    };
  };
  /** Registers a station before its first boot. */
  postChargingStations: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      readonly stationId: string;
      readonly accepted?: boolean | undefined;
      readonly evses?: readonly ({
        readonly evseId: number;
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly ocpp1ConnectorId?: number | undefined;
          readonly type: string;
          readonly current?: "AC" | "DC" | undefined;
          readonly phases?: number | undefined;
          readonly voltageV?: number | undefined;
          readonly maxCurrentA?: number | undefined;
          readonly maxPowerW?: number | undefined;
        })[];
      })[] | undefined;
      readonly vendor?: string | undefined;
      readonly model?: string | undefined;
      readonly password?: string | undefined;
    };
    answer: {
      readonly stationId: string;
      readonly state: "waiting" | "unaccepted" | "unconfigured" | "operational" | "decommissioned";
      readonly accepted: boolean;
      readonly configured: boolean;
      readonly inferred: boolean;
      readonly decommissioned: boolean;
      readonly hasBooted: boolean;
      readonly vendor?: string | undefined;
      readonly model?: string | undefined;
      readonly serialNumber?: string | undefined;
      readonly firmwareVersion?: string | undefined;
      readonly protocol?: string | undefined;
      readonly defaultProtocol?: string | undefined;
      readonly lastBootAt?: string | undefined;
      readonly lastBoot?: Readonly<Record<string, unknown>> | undefined;
      readonly stationType?: {
        readonly vendor: string;
        readonly model: string;
        readonly revision: number;
      } | undefined;
      readonly reconfigurationOffered: boolean;
      readonly offeredStationType?: {
        readonly vendor: string;
        readonly model: string;
        readonly revision: number;
      } | undefined;
      readonly availability: "operative" | "inoperative";
      readonly scheduledAvailability?: "operative" | "inoperative" | undefined;
      readonly status: "unknown" | "available" | "occupied" | "preparing" | "charging" | "suspendedEv" | "suspendedEvse" | "finishing" | "reserved" | "unavailable" | "faulted";
      readonly statusAt?: string | undefined;
      readonly errorCode?: string | undefined;
      readonly statusDetail?: Readonly<Record<string, unknown>> | undefined;
      readonly evseCount: number;
      readonly openTransactions: number;
      readonly transactionCount: number;
      readonly reservable: boolean;
      readonly strict: boolean;
      readonly quirks?: Readonly<Record<string, unknown>> | undefined;
      readonly place?: {
        readonly coordinates?: {
          readonly latitude: number;
          readonly longitude: number;
        } | undefined;
        readonly address?: {
          readonly addressLine1: string;
          readonly addressLine2?: string | undefined;
          readonly postalCode?: string | undefined;
          readonly city: string;
          readonly region?: string | undefined;
          readonly country: string;
        } | undefined;
        readonly accessibility: "public" | "paying" | "private";
      } | undefined;
      readonly located: boolean;
      readonly latitude?: number | undefined;
      readonly longitude?: number | undefined;
      readonly openingTimes: readonly ({
        readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        readonly timeStart: string;
        readonly timeStop: string;
      })[];
      readonly permissions: Readonly<Record<string, readonly (string)[]>>;
      readonly authorizationProviders?: readonly (string)[] | undefined;
      readonly authorizationListVersion?: number | undefined;
      readonly rebootRequired: boolean;
      readonly createdAt: string;
      readonly acceptedAt?: string | undefined;
      readonly firstAcceptedAt?: string | undefined;
      readonly firstConfiguredAt?: string | undefined;
      readonly typeKey?: string | undefined;
      readonly passwordSetAt?: string | undefined;
      readonly connection: {
        readonly connected: boolean;
        readonly protocol?: string | undefined;
        readonly connectedAt?: string | undefined;
        readonly disconnectedAt?: string | undefined;
        readonly lastSeenAt?: string | undefined;
        readonly address?: string | undefined;
      };
    };
  };
  /** Decides something about a station. */
  postChargingStationsByStationIdCommands: {
    params: {
      readonly stationId: string;
    };
    query: Record<never, never>;
    body: {
      readonly type: "AcceptChargingStation";
    } | {
      readonly type: "UnacceptChargingStation";
      readonly reason?: string | undefined;
    } | {
      readonly type: "DecommissionChargingStation";
      readonly reason?: string | undefined;
    } | {
      readonly type: "RecommissionChargingStation";
    } | {
      readonly type: "ConfigureChargingStation";
      readonly evses: readonly ({
        readonly evseId: number;
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly ocpp1ConnectorId?: number | undefined;
          readonly type: string;
          readonly current?: "AC" | "DC" | undefined;
          readonly phases?: number | undefined;
          readonly voltageV?: number | undefined;
          readonly maxCurrentA?: number | undefined;
          readonly maxPowerW?: number | undefined;
        })[];
      })[];
      readonly stationType?: {
        readonly vendor: string;
        readonly model: string;
        readonly revision: number;
      } | undefined;
    } | {
      readonly type: "OfferReconfiguration";
      readonly stationType: {
        readonly vendor: string;
        readonly model: string;
        readonly revision: number;
      };
    } | {
      readonly type: "ReconfigureChargingStation";
    } | {
      readonly type: "GrantPermission";
      readonly user: string;
      readonly permission: string;
    } | {
      readonly type: "RevokePermission";
      readonly user: string;
      readonly permission: string;
    } | {
      readonly type: "PlaceChargingStation";
      readonly coordinates?: {
        readonly latitude: number;
        readonly longitude: number;
      } | undefined;
      readonly address?: {
        readonly addressLine1: string;
        readonly addressLine2?: string | undefined;
        readonly postalCode?: string | undefined;
        readonly city: string;
        readonly region?: string | undefined;
        readonly country: string;
      } | undefined;
      readonly accessibility: "public" | "paying" | "private";
    } | {
      readonly type: "ImproveChargingStationLocation";
      readonly coordinates?: {
        readonly latitude: number;
        readonly longitude: number;
      } | undefined;
      readonly address?: {
        readonly addressLine1: string;
        readonly addressLine2?: string | undefined;
        readonly postalCode?: string | undefined;
        readonly city: string;
        readonly region?: string | undefined;
        readonly country: string;
      } | undefined;
      readonly accessibility: "public" | "paying" | "private";
    } | {
      readonly type: "MoveChargingStation";
      readonly coordinates?: {
        readonly latitude: number;
        readonly longitude: number;
      } | undefined;
      readonly address?: {
        readonly addressLine1: string;
        readonly addressLine2?: string | undefined;
        readonly postalCode?: string | undefined;
        readonly city: string;
        readonly region?: string | undefined;
        readonly country: string;
      } | undefined;
      readonly accessibility: "public" | "paying" | "private";
    } | {
      readonly type: "SetChargingStationOpeningTimes";
      readonly openingTimes: readonly ({
        readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        readonly timeStart: string;
        readonly timeStop: string;
      })[];
    } | {
      readonly type: "AddChargingStationOpeningTimes";
      readonly openingTimes: readonly ({
        readonly day: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        readonly timeStart: string;
        readonly timeStop: string;
      })[];
    } | {
      readonly type: "SetAuthorizationProviders";
      readonly providers: readonly (string)[];
    } | {
      readonly type: "SetStrictness";
      readonly strict: boolean;
    } | {
      readonly type: "SetDefaultProtocol";
      readonly protocol?: "ocpp1.6" | undefined;
    } | {
      readonly type: "SetQuirks";
      readonly quirks: {
        readonly defaultProtocol?: string | null | undefined;
        readonly idSegments?: number | null | undefined;
        readonly passwordAs?: "hex" | null | undefined;
        readonly pingIntervalSeconds?: number | null | undefined;
        readonly silenceSeconds?: number | null | undefined;
        readonly receivedFrameBytesMax?: number | null | undefined;
        readonly sentFrameBytesMax?: number | null | undefined;
        readonly repairJson?: readonly ("leadingComma" | "missingValue")[] | null | undefined;
        readonly callTimeoutSeconds?: Readonly<Record<string, number>> | null | undefined;
        readonly neverSend?: readonly (string)[] | null | undefined;
        readonly connectorIdFor?: readonly (string)[] | null | undefined;
        readonly triggerBootAfterSeconds?: number | null | undefined;
        readonly pollMeterValuesSeconds?: number | null | undefined;
        readonly bootIntervalSeconds?: number | null | undefined;
        readonly neverPending?: boolean | null | undefined;
        readonly tokenCleaning?: {
          readonly keepAfter?: string | undefined;
          readonly cutAt?: string | undefined;
          readonly dropPrefix?: string | undefined;
          readonly dropSuffix?: string | undefined;
          readonly dropLeadingZeros?: boolean | undefined;
          readonly reverseBytes?: boolean | undefined;
          readonly lengthMax?: number | undefined;
        } | null | undefined;
        readonly ignoreStopZero?: boolean | null | undefined;
        readonly connectorZeroIs?: number | null | undefined;
        readonly totalFromPhases?: readonly (string)[] | null | undefined;
        readonly registerPerSession?: boolean | null | undefined;
        readonly meterContexts?: Readonly<Record<string, string | null>> | null | undefined;
        readonly meterToleranceWh?: number | null | undefined;
        readonly meterUnits?: Readonly<Record<string, string>> | null | undefined;
        readonly registerUnit?: "Wh" | "kWh" | null | undefined;
        readonly advice?: readonly (string)[] | null | undefined;
      };
    } | {
      readonly type: "UpdateChargingStationReservable";
      readonly reservable: boolean;
    };
    answer: {
      readonly cursor: string;
      readonly events: readonly ({
        readonly cursor: string;
        readonly type: string;
        readonly schema: number;
        readonly stream: string;
        readonly version: number;
        readonly stationId?: string | undefined;
        readonly data: unknown;
        readonly meta: {
          readonly recordedAt: string;
          readonly actor: {
            readonly kind: string;
            readonly id: string;
          };
          readonly correlationId?: string | undefined;
          readonly causationId?: string | undefined;
          readonly stationTime?: string | undefined;
          readonly protocol?: string | undefined;
        };
      })[];
    };
  };
  /** Asks a station to do something. */
  postChargingStationsByStationIdRequests: {
    params: {
      readonly stationId: string;
    };
    query: Record<never, never>;
    body: {
      readonly type: "RequestStartTransaction";
      readonly validUntil?: string | undefined;
      readonly identifyingToken: string;
      readonly evseId?: number | undefined;
      readonly chargingProfile?: {
        readonly chargingProfileId: number;
        readonly stackLevel: number;
        readonly chargingProfilePurpose: "TxProfile";
        readonly chargingProfileKind: "Absolute" | "Recurring" | "Relative";
        readonly recurrencyKind?: "Daily" | "Weekly" | undefined;
        readonly validFrom?: string | undefined;
        readonly validTo?: string | undefined;
        readonly chargingSchedule: {
          readonly duration?: number | undefined;
          readonly startSchedule?: string | undefined;
          readonly chargingRateUnit: "A" | "W";
          readonly chargingSchedulePeriod: readonly ({
            readonly startPeriod: number;
            readonly limit: number;
            readonly numberPhases?: number | undefined;
          })[];
          readonly minChargingRate?: number | undefined;
        };
      } | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestStopTransaction";
      readonly validUntil?: string | undefined;
      readonly transactionId?: string | undefined;
      readonly transactionNumber?: number | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestUnlockEvse";
      readonly validUntil?: string | undefined;
      readonly evseId?: number | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestReset";
      readonly validUntil?: string | undefined;
      readonly kind: "soft" | "hard";
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestChangeAvailability";
      readonly validUntil?: string | undefined;
      readonly evseId?: number | undefined;
      readonly availability: "operative" | "inoperative";
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestConfigurationItems";
      readonly validUntil?: string | undefined;
      readonly keys?: readonly (string)[] | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestChangeConfigurationItem";
      readonly validUntil?: string | undefined;
      readonly key: string;
      readonly value: string;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestClearCache";
      readonly validUntil?: string | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestDataTransfer";
      readonly validUntil?: string | undefined;
      readonly vendorId: string;
      readonly messageId?: string | undefined;
      readonly data?: string | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestDiagnostics";
      readonly validUntil?: string | undefined;
      readonly location: string;
      readonly retries?: number | undefined;
      readonly retryIntervalSeconds?: number | undefined;
      readonly periodStart?: string | undefined;
      readonly periodStop?: string | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestFirmwareUpdate";
      readonly validUntil?: string | undefined;
      readonly location: string;
      readonly retrieveAt: string;
      readonly retries?: number | undefined;
      readonly retryIntervalSeconds?: number | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestAuthorizationListVersion";
      readonly validUntil?: string | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestSendAuthorizationList";
      readonly validUntil?: string | undefined;
      readonly updateType: "full" | "differential";
      readonly entries: readonly ({
        readonly identifyingToken: string;
        readonly status?: "accepted" | "blocked" | "expired" | "invalid" | "concurrentTransaction" | undefined;
        readonly expiresAt?: string | undefined;
        readonly groupToken?: string | undefined;
      })[];
      readonly listVersion?: number | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestReserveNow";
      readonly validUntil?: string | undefined;
      readonly evseId?: number | undefined;
      readonly identifyingToken: string;
      readonly groupToken?: string | undefined;
      readonly expiresAt: string;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestCancelReservation";
      readonly validUntil?: string | undefined;
      readonly reservationId?: string | undefined;
      readonly reservationNumber?: number | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestTriggerMessage";
      readonly validUntil?: string | undefined;
      readonly message: string;
      readonly evseId?: number | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestSetChargingProfile";
      readonly validUntil?: string | undefined;
      readonly evseId?: number | undefined;
      readonly chargingProfile: {
        readonly chargingProfileId: number;
        readonly transactionId?: string | undefined;
        readonly stackLevel: number;
        readonly chargingProfilePurpose: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
        readonly chargingProfileKind: "Absolute" | "Recurring" | "Relative";
        readonly recurrencyKind?: "Daily" | "Weekly" | undefined;
        readonly validFrom?: string | undefined;
        readonly validTo?: string | undefined;
        readonly chargingSchedule: {
          readonly duration?: number | undefined;
          readonly startSchedule?: string | undefined;
          readonly chargingRateUnit: "A" | "W";
          readonly chargingSchedulePeriod: readonly ({
            readonly startPeriod: number;
            readonly limit: number;
            readonly numberPhases?: number | undefined;
          })[];
          readonly minChargingRate?: number | undefined;
        };
      };
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestClearChargingProfiles";
      readonly validUntil?: string | undefined;
      readonly chargingProfileId?: number | undefined;
      readonly evseId?: number | undefined;
      readonly chargingProfilePurpose?: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile" | undefined;
      readonly stackLevel?: number | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestCompositeSchedule";
      readonly validUntil?: string | undefined;
      readonly evseId?: number | undefined;
      readonly durationSeconds: number;
      readonly chargingRateUnit?: "A" | "W" | undefined;
      readonly deadlineSeconds?: number | undefined;
    } | {
      readonly type: "RequestOcppCall";
      readonly validUntil?: string | undefined;
      readonly action: string;
      readonly payload: Readonly<Record<string, unknown>>;
      readonly deadlineSeconds?: number | undefined;
    };
    answer: {
      readonly stationId: string;
      readonly requestId: string;
      readonly type: string;
      readonly parameters: Readonly<Record<string, unknown>>;
      readonly correlationId: string;
      readonly requestedBy: string;
      readonly state: "queued" | "sent" | "done";
      readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      readonly succeeded?: boolean | undefined;
      readonly status?: string | undefined;
      readonly result?: unknown | undefined;
      readonly requestedAt: string;
      readonly deadline: string;
      readonly validUntil?: string | undefined;
      readonly sentAt?: string | undefined;
      readonly answeredAt?: string | undefined;
      readonly completedAt?: string | undefined;
      readonly lateAnswer?: {
        readonly status?: string | undefined;
        readonly result?: unknown | undefined;
        readonly at: string;
      } | undefined;
      readonly followUp?: "awaited" | "fulfilled" | "missed" | "notAwaited" | undefined;
      readonly transactionId?: string | undefined;
      readonly triggeredAt?: string | undefined;
      readonly parentRequestId?: string | undefined;
      readonly parts?: Readonly<Record<string, {
        readonly state: "queued" | "sent" | "done";
        readonly outcome?: "accepted" | "rejected" | "notSupported" | "failed" | "timedOut" | "stationOffline" | "superseded" | undefined;
      }>> | undefined;
    };
  };
  /** Signs in with name and password; the session is in the cookie. */
  postSession: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      readonly user: string;
      readonly password: string;
    };
    answer: {
      readonly signedIn: true;
      readonly user: string;
      readonly administrator: boolean;
      readonly permissions: readonly (string)[];
      readonly mayNot: readonly ({
        readonly operation: string;
        readonly when?: Readonly<Record<string, string | boolean>> | undefined;
        readonly permission?: string | undefined;
        readonly code: string;
        readonly reason: string;
      })[];
      readonly oneTimePassword: boolean;
      readonly csrf: string;
      readonly startedAt: string;
      readonly endsAt: string;
      readonly idleSeconds: number;
    };
  };
  /** Decides something about a transaction. */
  postTransactionsByTransactionIdCommands: {
    params: {
      readonly transactionId: string;
    };
    query: Record<never, never>;
    body: {
      readonly type: "SettleReview";
      readonly note?: string | undefined;
    } | {
      readonly type: "EndTransaction";
    };
    answer: {
      readonly cursor: string;
      readonly events: readonly ({
        readonly cursor: string;
        readonly type: string;
        readonly schema: number;
        readonly stream: string;
        readonly version: number;
        readonly stationId?: string | undefined;
        readonly data: unknown;
        readonly meta: {
          readonly recordedAt: string;
          readonly actor: {
            readonly kind: string;
            readonly id: string;
          };
          readonly correlationId?: string | undefined;
          readonly causationId?: string | undefined;
          readonly stationTime?: string | undefined;
          readonly protocol?: string | undefined;
        };
      })[];
    };
  };
  /** Creates a user with a one-time password. */
  postUsers: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      readonly user: string;
      readonly administrator?: boolean | undefined;
      readonly permissions?: readonly (string)[] | undefined;
    };
    answer: {
      readonly user: string;
      readonly oneTimePassword: string;
      readonly opens: string;
    };
  };
  /** Gives a user a new one-time password. */
  postUsersByUserPasswordResets: {
    params: {
      readonly user: string;
    };
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly user: string;
      readonly oneTimePassword: string;
      readonly opens: string;
    };
  };
  /** Builds all views again from the log; answers when they have caught up. */
  postViewsRebuild: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: undefined;
    answer: {
      readonly events: number;
      readonly milliseconds: number;
    };
  };
  /** Sets a station's password, or makes one. */
  putChargingStationsByStationIdPassword: {
    params: {
      readonly stationId: string;
    };
    query: Record<never, never>;
    body: {
      readonly password?: string | undefined;
    };
    answer: {
      readonly password: string;
    } | null;
  };
  /** Sets your own password. */
  putMePassword: {
    params: Record<never, never>;
    query: Record<never, never>;
    body: {
      readonly password: string;
      readonly currentPassword?: string | undefined;
    };
    answer: null;
  };
  /** Defines a station type, once for all its stations. */
  putStationTypesByVendorByModel: {
    params: {
      readonly vendor: string;
      readonly model: string;
    };
    query: Record<never, never>;
    body: {
      readonly evses: readonly ({
        readonly evseId: number;
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly ocpp1ConnectorId?: number | undefined;
          readonly type: string;
          readonly current?: "AC" | "DC" | undefined;
          readonly phases?: number | undefined;
          readonly voltageV?: number | undefined;
          readonly maxCurrentA?: number | undefined;
          readonly maxPowerW?: number | undefined;
        })[];
      })[];
      readonly configuration?: Readonly<Record<string, string>> | undefined;
    };
    answer: {
      readonly typeKey: string;
      readonly vendor: string;
      readonly model: string;
      readonly revision: number;
      readonly evses: readonly ({
        readonly evseId: number;
        readonly connectors: readonly ({
          readonly connectorId: number;
          readonly ocpp1ConnectorId?: number | undefined;
          readonly type: string;
          readonly current?: "AC" | "DC" | undefined;
          readonly phases?: number | undefined;
          readonly voltageV?: number | undefined;
          readonly maxCurrentA?: number | undefined;
          readonly maxPowerW?: number | undefined;
        })[];
      })[];
      readonly configuration?: Readonly<Record<string, string>> | undefined;
      readonly definedAt: string;
      readonly stations: number;
    };
  };
  /** Says whether a token may charge. */
  putTokensByUid: {
    params: {
      readonly uid: string;
    };
    query: Record<never, never>;
    body: {
      readonly status: "accepted" | "blocked" | "expired" | "invalid";
      readonly expiresAt?: string | undefined;
      readonly groupToken?: string | undefined;
      readonly concurrency?: number | undefined;
    };
    answer: {
      readonly tokenRef: string;
      readonly status: "accepted" | "blocked" | "expired" | "invalid";
      readonly expiresAt?: string | undefined;
      readonly groupTokenRef?: string | undefined;
      readonly concurrency?: number | undefined;
      readonly createdAt: string;
      readonly changedAt: string;
      readonly activeTransactions: number;
      readonly identifyingToken?: string | undefined;
      readonly groupToken?: string | undefined;
    };
  };
  /** Changes what a user may do on every station. */
  putUsersByUserRights: {
    params: {
      readonly user: string;
    };
    query: Record<never, never>;
    body: {
      readonly administrator: boolean;
      readonly permissions: readonly (string)[];
    };
    answer: {
      readonly user: string;
      readonly administrator: boolean;
      readonly permissions: readonly (string)[];
      readonly createdAt: string;
      readonly passwordSetAt?: string | undefined;
      readonly oneTimePassword: boolean;
    };
  };
}

/** Method and address of each operation. */
export const operations = {
  deleteApiKeysByApiKeyId: ["DELETE", "/api/v1/api-keys/{apiKeyId}"],
  deleteChargingStationsByStationIdRequestsByRequestId: ["DELETE", "/api/v1/charging-stations/{stationId}/requests/{requestId}"],
  deleteSession: ["DELETE", "/api/v1/session"],
  deleteStationTypesByVendorByModel: ["DELETE", "/api/v1/station-types/{vendor}/{model}"],
  deleteTokensByUid: ["DELETE", "/api/v1/tokens/{uid}"],
  deleteUsersByUser: ["DELETE", "/api/v1/users/{user}"],
  getAddOns: ["GET", "/api/v1/add-ons"],
  getApiKeys: ["GET", "/api/v1/api-keys"],
  getChanges: ["GET", "/api/v1/changes"],
  getChargingStations: ["GET", "/api/v1/charging-stations"],
  getChargingStationsByStationId: ["GET", "/api/v1/charging-stations/{stationId}"],
  getChargingStationsByStationIdAllowed: ["GET", "/api/v1/charging-stations/{stationId}/allowed"],
  getChargingStationsByStationIdAuthorizationList: ["GET", "/api/v1/charging-stations/{stationId}/authorization-list"],
  getChargingStationsByStationIdChargingProfiles: ["GET", "/api/v1/charging-stations/{stationId}/charging-profiles"],
  getChargingStationsByStationIdCompositeSchedules: ["GET", "/api/v1/charging-stations/{stationId}/composite-schedules"],
  getChargingStationsByStationIdConfiguration: ["GET", "/api/v1/charging-stations/{stationId}/configuration"],
  getChargingStationsByStationIdDeviations: ["GET", "/api/v1/charging-stations/{stationId}/deviations"],
  getChargingStationsByStationIdDiagnosticsJobs: ["GET", "/api/v1/charging-stations/{stationId}/diagnostics-jobs"],
  getChargingStationsByStationIdEvents: ["GET", "/api/v1/charging-stations/{stationId}/events"],
  getChargingStationsByStationIdEvses: ["GET", "/api/v1/charging-stations/{stationId}/evses"],
  getChargingStationsByStationIdFirmwareJobs: ["GET", "/api/v1/charging-stations/{stationId}/firmware-jobs"],
  getChargingStationsByStationIdMessages: ["GET", "/api/v1/charging-stations/{stationId}/messages"],
  getChargingStationsByStationIdQuirks: ["GET", "/api/v1/charging-stations/{stationId}/quirks"],
  getChargingStationsByStationIdRequests: ["GET", "/api/v1/charging-stations/{stationId}/requests"],
  getChargingStationsByStationIdRequestsByRequestId: ["GET", "/api/v1/charging-stations/{stationId}/requests/{requestId}"],
  getChargingStationsByStationIdReservations: ["GET", "/api/v1/charging-stations/{stationId}/reservations"],
  getChargingStationsByStationIdTransactions: ["GET", "/api/v1/charging-stations/{stationId}/transactions"],
  getCluster: ["GET", "/api/v1/cluster"],
  getConnectionAttempts: ["GET", "/api/v1/connection-attempts"],
  getConsole: ["GET", "/api/v1/console"],
  getDeadlines: ["GET", "/api/v1/deadlines"],
  getDeviations: ["GET", "/api/v1/deviations"],
  getEvents: ["GET", "/api/v1/events"],
  getEvses: ["GET", "/api/v1/evses"],
  getInstalledAddOns: ["GET", "/api/v1/installed-add-ons"],
  getLimits: ["GET", "/api/v1/limits"],
  getLivez: ["GET", "/livez"],
  getMe: ["GET", "/api/v1/me"],
  getMessages: ["GET", "/api/v1/messages"],
  getMetrics: ["GET", "/metrics"],
  getModelDeviations: ["GET", "/api/v1/model-deviations"],
  getOcpp: ["GET", "/api/v1/ocpp"],
  getOcppByProtocolActions: ["GET", "/api/v1/ocpp/{protocol}/actions"],
  getOcppByProtocolActionsByAction: ["GET", "/api/v1/ocpp/{protocol}/actions/{action}"],
  getOverview: ["GET", "/api/v1/overview"],
  getPermissions: ["GET", "/api/v1/permissions"],
  getQuirkProfiles: ["GET", "/api/v1/quirk-profiles"],
  getReadyz: ["GET", "/readyz"],
  getRefusals: ["GET", "/api/v1/refusals"],
  getRequests: ["GET", "/api/v1/requests"],
  getReservations: ["GET", "/api/v1/reservations"],
  getReservationsByReservationId: ["GET", "/api/v1/reservations/{reservationId}"],
  getSession: ["GET", "/api/v1/session"],
  getStationPermissions: ["GET", "/api/v1/station-permissions"],
  getStationTypes: ["GET", "/api/v1/station-types"],
  getStationTypesByVendorByModel: ["GET", "/api/v1/station-types/{vendor}/{model}"],
  getTokens: ["GET", "/api/v1/tokens"],
  getTokensByUid: ["GET", "/api/v1/tokens/{uid}"],
  getTokensByUidEvents: ["GET", "/api/v1/tokens/{uid}/events"],
  getTransactions: ["GET", "/api/v1/transactions"],
  getTransactionsByTransactionId: ["GET", "/api/v1/transactions/{transactionId}"],
  getTransactionsByTransactionIdEvents: ["GET", "/api/v1/transactions/{transactionId}/events"],
  getTransactionsByTransactionIdMessages: ["GET", "/api/v1/transactions/{transactionId}/messages"],
  getTransactionsByTransactionIdMeterValues: ["GET", "/api/v1/transactions/{transactionId}/meter-values"],
  getTransactionsCsv: ["GET", "/api/v1/transactions.csv"],
  getUnknownTypes: ["GET", "/api/v1/unknown-types"],
  getUsers: ["GET", "/api/v1/users"],
  postAddOnsByAddOnReleases: ["POST", "/api/v1/add-ons/{addOn}/releases"],
  postAddOnsByAddOnSkips: ["POST", "/api/v1/add-ons/{addOn}/skips"],
  postApiKeys: ["POST", "/api/v1/api-keys"],
  postChargingStations: ["POST", "/api/v1/charging-stations"],
  postChargingStationsByStationIdCommands: ["POST", "/api/v1/charging-stations/{stationId}/commands"],
  postChargingStationsByStationIdRequests: ["POST", "/api/v1/charging-stations/{stationId}/requests"],
  postSession: ["POST", "/api/v1/session"],
  postTransactionsByTransactionIdCommands: ["POST", "/api/v1/transactions/{transactionId}/commands"],
  postUsers: ["POST", "/api/v1/users"],
  postUsersByUserPasswordResets: ["POST", "/api/v1/users/{user}/password-resets"],
  postViewsRebuild: ["POST", "/api/v1/views/rebuild"],
  putChargingStationsByStationIdPassword: ["PUT", "/api/v1/charging-stations/{stationId}/password"],
  putMePassword: ["PUT", "/api/v1/me/password"],
  putStationTypesByVendorByModel: ["PUT", "/api/v1/station-types/{vendor}/{model}"],
  putTokensByUid: ["PUT", "/api/v1/tokens/{uid}"],
  putUsersByUserRights: ["PUT", "/api/v1/users/{user}/rights"],
} as const satisfies Record<keyof Operations, readonly [method: string, path: string]>;
