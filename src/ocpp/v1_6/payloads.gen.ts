// Written by tools/gen-payloads.ts from ocpp-rpc/lib/schemas/ocpp1_6.json; npm run gen writes it again.

/** Payloads of every action: what is asked and what is answered. */
export interface Payloads16 {
  Authorize: {
    request: {
      readonly idTag: string;
    };
    response: {
      readonly idTagInfo: {
        readonly expiryDate?: string;
        readonly parentIdTag?: string;
        readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
      };
    };
  };
  BootNotification: {
    request: {
      readonly chargePointVendor: string;
      readonly chargePointModel: string;
      readonly chargePointSerialNumber?: string;
      readonly chargeBoxSerialNumber?: string;
      readonly firmwareVersion?: string;
      readonly iccid?: string;
      readonly imsi?: string;
      readonly meterType?: string;
      readonly meterSerialNumber?: string;
    };
    response: {
      readonly status: "Accepted" | "Pending" | "Rejected";
      readonly currentTime: string;
      readonly interval: number;
    };
  };
  CancelReservation: {
    request: {
      readonly reservationId: number;
    };
    response: {
      readonly status: "Accepted" | "Rejected";
    };
  };
  CertificateSigned: {
    request: {
      readonly certificateChain: string;
    };
    response: {
      readonly status: "Accepted" | "Rejected";
    };
  };
  ChangeAvailability: {
    request: {
      readonly connectorId: number;
      readonly type: "Inoperative" | "Operative";
    };
    response: {
      readonly status: "Accepted" | "Rejected" | "Scheduled";
    };
  };
  ChangeConfiguration: {
    request: {
      readonly key: string;
      readonly value: string;
    };
    response: {
      readonly status: "Accepted" | "Rejected" | "RebootRequired" | "NotSupported";
    };
  };
  ClearCache: {
    request: Readonly<Record<string, never>>;
    response: {
      readonly status: "Accepted" | "Rejected";
    };
  };
  ClearChargingProfile: {
    request: {
      readonly id?: number;
      readonly connectorId?: number;
      readonly chargingProfilePurpose?: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
      readonly stackLevel?: number;
    };
    response: {
      readonly status: "Accepted" | "Unknown";
    };
  };
  DataTransfer: {
    request: {
      readonly vendorId: string;
      readonly messageId?: string;
      readonly data?: string;
    };
    response: {
      readonly status: "Accepted" | "Rejected" | "UnknownMessageId" | "UnknownVendorId";
      readonly data?: string;
    };
  };
  DeleteCertificate: {
    request: {
      readonly certificateHashData: {
        readonly hashAlgorithm: "SHA256" | "SHA384" | "SHA512";
        readonly issuerNameHash: string;
        readonly issuerKeyHash: string;
        readonly serialNumber: string;
      };
    };
    response: {
      readonly status: "Accepted" | "Failed" | "NotFound";
    };
  };
  DiagnosticsStatusNotification: {
    request: {
      readonly status: "Idle" | "Uploaded" | "UploadFailed" | "Uploading";
    };
    response: Readonly<Record<string, never>>;
  };
  ExtendedTriggerMessage: {
    request: {
      readonly requestedMessage: "BootNotification" | "LogStatusNotification" | "FirmwareStatusNotification" | "Heartbeat" | "MeterValues" | "SignChargePointCertificate" | "StatusNotification";
      readonly connectorId?: number;
    };
    response: {
      readonly status: "Accepted" | "Rejected" | "NotImplemented";
    };
  };
  FirmwareStatusNotification: {
    request: {
      readonly status: "Downloaded" | "DownloadFailed" | "Downloading" | "Idle" | "InstallationFailed" | "Installing" | "Installed";
    };
    response: Readonly<Record<string, never>>;
  };
  GetCompositeSchedule: {
    request: {
      readonly connectorId: number;
      readonly duration: number;
      readonly chargingRateUnit?: "A" | "W";
    };
    response: {
      readonly status: "Accepted" | "Rejected";
      readonly connectorId?: number;
      readonly scheduleStart?: string;
      readonly chargingSchedule?: {
        readonly duration?: number;
        readonly startSchedule?: string;
        readonly chargingRateUnit: "A" | "W";
        readonly chargingSchedulePeriod: readonly ({
          readonly startPeriod: number;
          readonly limit: number;
          readonly numberPhases?: number;
        })[];
        readonly minChargingRate?: number;
      };
    };
  };
  GetConfiguration: {
    request: {
      readonly key?: readonly (string)[];
    };
    response: {
      readonly configurationKey?: readonly ({
        readonly key: string;
        readonly readonly: boolean;
        readonly value?: string;
      })[];
      readonly unknownKey?: readonly (string)[];
    };
  };
  GetDiagnostics: {
    request: {
      readonly location: string;
      readonly retries?: number;
      readonly retryInterval?: number;
      readonly startTime?: string;
      readonly stopTime?: string;
    };
    response: {
      readonly fileName?: string;
    };
  };
  GetInstalledCertificateIds: {
    request: {
      readonly certificateType: "CentralSystemRootCertificate" | "ManufacturerRootCertificate";
    };
    response: {
      readonly certificateHashData?: readonly ({
        readonly hashAlgorithm: "SHA256" | "SHA384" | "SHA512";
        readonly issuerNameHash: string;
        readonly issuerKeyHash: string;
        readonly serialNumber: string;
      })[];
      readonly status: "Accepted" | "NotFound";
    };
  };
  GetLocalListVersion: {
    request: Readonly<Record<string, never>>;
    response: {
      readonly listVersion: number;
    };
  };
  GetLog: {
    request: {
      readonly log: {
        readonly remoteLocation: string;
        readonly oldestTimestamp?: string;
        readonly latestTimestamp?: string;
      };
      readonly logType: "DiagnosticsLog" | "SecurityLog";
      readonly requestId: number;
      readonly retries?: number;
      readonly retryInterval?: number;
    };
    response: {
      readonly status: "Accepted" | "Rejected" | "AcceptedCanceled";
      readonly filename?: string;
    };
  };
  Heartbeat: {
    request: Readonly<Record<string, never>>;
    response: {
      readonly currentTime: string;
    };
  };
  InstallCertificate: {
    request: {
      readonly certificateType: "CentralSystemRootCertificate" | "ManufacturerRootCertificate";
      readonly certificate: string;
    };
    response: {
      readonly status: "Accepted" | "Failed" | "Rejected";
    };
  };
  LogStatusNotification: {
    request: {
      readonly status: "BadMessage" | "Idle" | "NotSupportedOperation" | "PermissionDenied" | "Uploaded" | "UploadFailure" | "Uploading";
      readonly requestId?: number;
    };
    response: Readonly<Record<string, never>>;
  };
  MeterValues: {
    request: {
      readonly connectorId: number;
      readonly transactionId?: number;
      readonly meterValue: readonly ({
        readonly timestamp: string;
        readonly sampledValue: readonly ({
          readonly value: string;
          readonly context?: "Interruption.Begin" | "Interruption.End" | "Sample.Clock" | "Sample.Periodic" | "Transaction.Begin" | "Transaction.End" | "Trigger" | "Other";
          readonly format?: "Raw" | "SignedData";
          readonly measurand?: "Energy.Active.Export.Register" | "Energy.Active.Import.Register" | "Energy.Reactive.Export.Register" | "Energy.Reactive.Import.Register" | "Energy.Active.Export.Interval" | "Energy.Active.Import.Interval" | "Energy.Reactive.Export.Interval" | "Energy.Reactive.Import.Interval" | "Power.Active.Export" | "Power.Active.Import" | "Power.Offered" | "Power.Reactive.Export" | "Power.Reactive.Import" | "Power.Factor" | "Current.Import" | "Current.Export" | "Current.Offered" | "Voltage" | "Frequency" | "Temperature" | "SoC" | "RPM";
          readonly phase?: "L1" | "L2" | "L3" | "N" | "L1-N" | "L2-N" | "L3-N" | "L1-L2" | "L2-L3" | "L3-L1";
          readonly location?: "Cable" | "EV" | "Inlet" | "Outlet" | "Body";
          readonly unit?: "Wh" | "kWh" | "varh" | "kvarh" | "W" | "kW" | "VA" | "kVA" | "var" | "kvar" | "A" | "V" | "K" | "Celcius" | "Celsius" | "Fahrenheit" | "Percent";
        })[];
      })[];
    };
    response: Readonly<Record<string, never>>;
  };
  RemoteStartTransaction: {
    request: {
      readonly connectorId?: number;
      readonly idTag: string;
      readonly chargingProfile?: {
        readonly chargingProfileId: number;
        readonly transactionId?: number;
        readonly stackLevel: number;
        readonly chargingProfilePurpose: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
        readonly chargingProfileKind: "Absolute" | "Recurring" | "Relative";
        readonly recurrencyKind?: "Daily" | "Weekly";
        readonly validFrom?: string;
        readonly validTo?: string;
        readonly chargingSchedule: {
          readonly duration?: number;
          readonly startSchedule?: string;
          readonly chargingRateUnit: "A" | "W";
          readonly chargingSchedulePeriod: readonly ({
            readonly startPeriod: number;
            readonly limit: number;
            readonly numberPhases?: number;
          })[];
          readonly minChargingRate?: number;
        };
      };
    };
    response: {
      readonly status: "Accepted" | "Rejected";
    };
  };
  RemoteStopTransaction: {
    request: {
      readonly transactionId: number;
    };
    response: {
      readonly status: "Accepted" | "Rejected";
    };
  };
  ReserveNow: {
    request: {
      readonly connectorId: number;
      readonly expiryDate: string;
      readonly idTag: string;
      readonly parentIdTag?: string;
      readonly reservationId: number;
    };
    response: {
      readonly status: "Accepted" | "Faulted" | "Occupied" | "Rejected" | "Unavailable";
    };
  };
  Reset: {
    request: {
      readonly type: "Hard" | "Soft";
    };
    response: {
      readonly status: "Accepted" | "Rejected";
    };
  };
  SecurityEventNotification: {
    request: {
      readonly type: string;
      readonly timestamp: string;
      readonly techInfo?: string;
    };
    response: Readonly<Record<string, never>>;
  };
  SendLocalList: {
    request: {
      readonly listVersion: number;
      readonly localAuthorizationList?: readonly ({
        readonly idTag: string;
        readonly idTagInfo?: {
          readonly expiryDate?: string;
          readonly parentIdTag?: string;
          readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
        };
      })[];
      readonly updateType: "Differential" | "Full";
    };
    response: {
      readonly status: "Accepted" | "Failed" | "NotSupported" | "VersionMismatch";
    };
  };
  SetChargingProfile: {
    request: {
      readonly connectorId: number;
      readonly csChargingProfiles: {
        readonly chargingProfileId: number;
        readonly transactionId?: number;
        readonly stackLevel: number;
        readonly chargingProfilePurpose: "ChargePointMaxProfile" | "TxDefaultProfile" | "TxProfile";
        readonly chargingProfileKind: "Absolute" | "Recurring" | "Relative";
        readonly recurrencyKind?: "Daily" | "Weekly";
        readonly validFrom?: string;
        readonly validTo?: string;
        readonly chargingSchedule: {
          readonly duration?: number;
          readonly startSchedule?: string;
          readonly chargingRateUnit: "A" | "W";
          readonly chargingSchedulePeriod: readonly ({
            readonly startPeriod: number;
            readonly limit: number;
            readonly numberPhases?: number;
          })[];
          readonly minChargingRate?: number;
        };
      };
    };
    response: {
      readonly status: "Accepted" | "Rejected" | "NotSupported";
    };
  };
  SignCertificate: {
    request: {
      readonly csr: string;
    };
    response: {
      readonly status: "Accepted" | "Rejected";
    };
  };
  SignedFirmwareStatusNotification: {
    request: {
      readonly status: "Downloaded" | "DownloadFailed" | "Downloading" | "DownloadScheduled" | "DownloadPaused" | "Idle" | "InstallationFailed" | "Installing" | "Installed" | "InstallRebooting" | "InstallScheduled" | "InstallVerificationFailed" | "InvalidSignature" | "SignatureVerified";
      readonly requestId?: number;
    };
    response: Readonly<Record<string, never>>;
  };
  SignedUpdateFirmware: {
    request: {
      readonly retries?: number;
      readonly retryInterval?: number;
      readonly requestId: number;
      readonly firmware: {
        readonly location: string;
        readonly retrieveDateTime: string;
        readonly installDateTime?: string;
        readonly signingCertificate: string;
        readonly signature: string;
      };
    };
    response: {
      readonly status: "Accepted" | "Rejected" | "AcceptedCanceled" | "InvalidCertificate" | "RevokedCertificate";
    };
  };
  StartTransaction: {
    request: {
      readonly connectorId: number;
      readonly idTag: string;
      readonly meterStart: number;
      readonly reservationId?: number;
      readonly timestamp: string;
    };
    response: {
      readonly idTagInfo: {
        readonly expiryDate?: string;
        readonly parentIdTag?: string;
        readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
      };
      readonly transactionId: number;
    };
  };
  StatusNotification: {
    request: {
      readonly connectorId: number;
      readonly errorCode: "ConnectorLockFailure" | "EVCommunicationError" | "GroundFailure" | "HighTemperature" | "InternalError" | "LocalListConflict" | "NoError" | "OtherError" | "OverCurrentFailure" | "PowerMeterFailure" | "PowerSwitchFailure" | "ReaderFailure" | "ResetFailure" | "UnderVoltage" | "OverVoltage" | "WeakSignal";
      readonly info?: string;
      readonly status: "Available" | "Preparing" | "Charging" | "SuspendedEVSE" | "SuspendedEV" | "Finishing" | "Reserved" | "Unavailable" | "Faulted";
      readonly timestamp?: string;
      readonly vendorId?: string;
      readonly vendorErrorCode?: string;
    };
    response: Readonly<Record<string, never>>;
  };
  StopTransaction: {
    request: {
      readonly idTag?: string;
      readonly meterStop: number;
      readonly timestamp: string;
      readonly transactionId: number;
      readonly reason?: "EmergencyStop" | "EVDisconnected" | "HardReset" | "Local" | "Other" | "PowerLoss" | "Reboot" | "Remote" | "SoftReset" | "UnlockCommand" | "DeAuthorized";
      readonly transactionData?: readonly ({
        readonly timestamp: string;
        readonly sampledValue: readonly ({
          readonly value: string;
          readonly context?: "Interruption.Begin" | "Interruption.End" | "Sample.Clock" | "Sample.Periodic" | "Transaction.Begin" | "Transaction.End" | "Trigger" | "Other";
          readonly format?: "Raw" | "SignedData";
          readonly measurand?: "Energy.Active.Export.Register" | "Energy.Active.Import.Register" | "Energy.Reactive.Export.Register" | "Energy.Reactive.Import.Register" | "Energy.Active.Export.Interval" | "Energy.Active.Import.Interval" | "Energy.Reactive.Export.Interval" | "Energy.Reactive.Import.Interval" | "Power.Active.Export" | "Power.Active.Import" | "Power.Offered" | "Power.Reactive.Export" | "Power.Reactive.Import" | "Power.Factor" | "Current.Import" | "Current.Export" | "Current.Offered" | "Voltage" | "Frequency" | "Temperature" | "SoC" | "RPM";
          readonly phase?: "L1" | "L2" | "L3" | "N" | "L1-N" | "L2-N" | "L3-N" | "L1-L2" | "L2-L3" | "L3-L1";
          readonly location?: "Cable" | "EV" | "Inlet" | "Outlet" | "Body";
          readonly unit?: "Wh" | "kWh" | "varh" | "kvarh" | "W" | "kW" | "VA" | "kVA" | "var" | "kvar" | "A" | "V" | "K" | "Celcius" | "Celsius" | "Fahrenheit" | "Percent";
        })[];
      })[];
    };
    response: {
      readonly idTagInfo?: {
        readonly expiryDate?: string;
        readonly parentIdTag?: string;
        readonly status: "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";
      };
    };
  };
  TriggerMessage: {
    request: {
      readonly requestedMessage: "BootNotification" | "DiagnosticsStatusNotification" | "FirmwareStatusNotification" | "Heartbeat" | "MeterValues" | "StatusNotification";
      readonly connectorId?: number;
    };
    response: {
      readonly status: "Accepted" | "Rejected" | "NotImplemented";
    };
  };
  UnlockConnector: {
    request: {
      readonly connectorId: number;
    };
    response: {
      readonly status: "Unlocked" | "UnlockFailed" | "NotSupported";
    };
  };
  UpdateFirmware: {
    request: {
      readonly location: string;
      readonly retries?: number;
      readonly retrieveDate: string;
      readonly retryInterval?: number;
    };
    response: Readonly<Record<string, never>>;
  };
}
