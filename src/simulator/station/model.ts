/** What kind of station it is. */
export interface StationModel {
  readonly vendor: string;
  readonly model: string;
  readonly firmwareVersion: string;
  readonly evses: number;
  readonly phases: number;
  /** Of each EVSE. */
  readonly powerWMax: number;
  /** OCPI's name of the plug. */
  readonly connectorType: string;
}

/** The usual simulated station: two outlets of 22 kW. */
export const twoOutlets: StationModel = {
  vendor: "Motown",
  model: "Simulator 22",
  firmwareVersion: "1.0.0",
  evses: 2,
  phases: 3,
  powerWMax: 22_000,
  connectorType: "IEC_62196_T2",
};
