/** A car at the plug. */
export interface Vehicle {
  readonly wantedWh: number;
  readonly powerWMax: number;
  /** Percent, at the start. */
  readonly stateOfCharge: number;
}

const fullPercent = 100;
/** From this part of what it wants on, a battery takes less and less. */
const taperFrom = 0.8;
const taperTo = 0.3;

/** The power that the car takes after so many Wh, in W; 0 when it has what it wanted. */
export function powerWanted(vehicle: Vehicle, deliveredWh: number): number {
  const part = deliveredWh / vehicle.wantedWh;
  if (part >= 1) return 0;
  if (part <= taperFrom) return vehicle.powerWMax;
  const factor = 1 - ((part - taperFrom) / (1 - taperFrom)) * (1 - taperTo);
  return Math.round(vehicle.powerWMax * factor);
}

/** Percent after so many Wh. */
export function stateOfChargeAfter(vehicle: Vehicle, deliveredWh: number): number {
  const part = Math.min(1, deliveredWh / vehicle.wantedWh);
  return vehicle.stateOfCharge + (fullPercent - vehicle.stateOfCharge) * part;
}
