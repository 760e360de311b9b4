import { limits } from "../limits.ts";
import { isMeasurandList } from "./measurands.ts";

/** A configuration key: its first value, and what may be done to it. */
export interface KeyRule {
  readonly value: string;
  readonly readonly?: boolean;
  /** A change is in force only after the next boot. */
  readonly atReboot?: boolean;
  /** Written, never read. */
  readonly secret?: boolean;
  accepts?(value: string): boolean;
}

const fixed = (value: string | number): KeyRule => ({ value: String(value), readonly: true });

const flag = (value: boolean): KeyRule => ({
  value: String(value),
  accepts: (text) => /^(true|false)$/i.test(text),
});

const count = (value: number, least = 0): KeyRule => ({
  value: String(value),
  accepts: (text) => /^\d{1,9}$/.test(text) && Number(text) >= least,
});

const measurands = (value: string): KeyRule => ({ value, accepts: isMeasurandList });

// OCPP 1.6 §9, all keys of the six profiles that mean something to this station.
export const keyTable = {
  AllowOfflineTxForUnknownId: flag(false),
  AuthorizationCacheEnabled: flag(true),
  AuthorizeRemoteTxRequests: flag(true),
  ClockAlignedDataInterval: count(0),
  ConnectionTimeOut: count(60),
  ConnectorPhaseRotation: { value: "NotApplicable" },
  GetConfigurationMaxKeys: fixed(limits.configurationKeysMax),
  HeartbeatInterval: count(300, 1),
  LocalAuthorizeOffline: flag(true),
  LocalPreAuthorize: flag(false),
  MeterValuesAlignedData: measurands("Energy.Active.Import.Register"),
  MeterValuesSampledData: measurands(
    "Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC",
  ),
  MeterValueSampleInterval: count(10),
  NumberOfConnectors: fixed(2),
  ResetRetries: count(1),
  StopTransactionOnEVSideDisconnect: flag(true),
  StopTransactionOnInvalidId: flag(true),
  StopTxnAlignedData: measurands(""),
  StopTxnSampledData: measurands(""),
  SupportedFeatureProfiles: fixed(
    "Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger",
  ),
  TransactionMessageAttempts: count(3, 1),
  TransactionMessageRetryInterval: count(10),
  UnlockConnectorOnEVSideDisconnect: flag(true),
  WebSocketPingInterval: count(0),
  LocalAuthListEnabled: flag(true),
  LocalAuthListMaxLength: fixed(limits.localListMax),
  SendLocalListMaxLength: fixed(limits.localListPartMax),
  ReserveConnectorZeroSupported: fixed("true"),
  ChargeProfileMaxStackLevel: fixed(limits.chargingStackLevelMax),
  ChargingScheduleAllowedChargingRateUnit: fixed("Current,Power"),
  ChargingScheduleMaxPeriods: fixed(limits.chargingSchedulePeriodsMax),
  MaxChargingProfilesInstalled: fixed(limits.chargingProfilesMax),
  SecurityProfile: { value: "0", atReboot: true, accepts: (text) => /^[0-3]$/.test(text) },
  CpoName: { value: "" },
  AuthorizationKey: {
    value: "",
    atReboot: true,
    secret: true,
    accepts: (text) => text.length >= 16 && text.length <= 40,
  },
  MotownLightColour: { value: "blue", atReboot: true },
} as const satisfies Record<string, KeyRule>;
