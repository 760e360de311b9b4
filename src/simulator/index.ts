// The simulator plays charging stations and sees only the wire and the public API. It knows nothing
// of Motown. Start reading at station.ts; `npm run simulate` starts at main.ts.
export { Agenda } from "./agenda.ts";
export { diceOf } from "./dice.ts";
export { Driver } from "./driver.ts";
export { Fleet, type FleetOptions, type FleetStatus } from "./fleet.ts";
export { type RunOptions, readOptions } from "./options.ts";
export { simulate } from "./simulate.ts";
export type { Evse } from "./station/evse.ts";
export { type FaultName, type FaultRates, faultTable } from "./station/faults.ts";
export { type StationModel, twoOutlets } from "./station/model.ts";
export { Station, type StationOptions } from "./station/station.ts";
export { Tally } from "./tally.ts";
export { realTime, type Time, type Timer, type VirtualTime, virtualTime } from "./time.ts";
export {
  type Destination,
  type SocketEvents,
  type SocketFactory,
  type StationSocket,
  webSocketTo,
} from "./wire/socket.ts";
