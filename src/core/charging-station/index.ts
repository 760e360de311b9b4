// The charging station's decider: all capabilities joined. A name claimed twice does not compile.
import { type Decider, disjoint } from "../kernel/decider.ts";
import { authorization } from "./authorization.ts";
import { authorizationList } from "./authorization-list.ts";
import { availability } from "./availability.ts";
import { dataTransfer } from "./data-transfer.ts";
import { deviceConfiguration } from "./device-configuration.ts";
import { maintenance } from "./maintenance.ts";
import { numbers } from "./numbers.ts";
import { observation } from "./observation.ts";
import { permissionsOver } from "./permissions.ts";
import { placement } from "./placement.ts";
import { registration } from "./registration.ts";
import { requests } from "./requests.ts";
import { reservation } from "./reservation.ts";
import { smartCharging } from "./smart-charging.ts";
import { initialStation, type StationState } from "./state.ts";
import { transactions } from "./transactions.ts";

const otherCommands = disjoint(
  registration.commands,
  placement.commands,
  authorization.commands,
  transactions.commands,
  numbers.commands,
  requests.commands,
  reservation.commands,
  availability.commands,
  deviceConfiguration.commands,
  authorizationList.commands,
  maintenance.commands,
  dataTransfer.commands,
  smartCharging.commands,
  observation.commands,
);

const permissions = permissionsOver(otherCommands);

/** All capabilities by name, for whoever lists them (coverage, documentation). */
export const capabilities = {
  registration,
  permissions,
  placement,
  authorization,
  transactions,
  numbers,
  requests,
  reservation,
  availability,
  deviceConfiguration,
  authorizationList,
  maintenance,
  dataTransfer,
  smartCharging,
  observation,
};

const commands = disjoint(otherCommands, permissions.commands);

const events = disjoint(
  registration.events,
  permissions.events,
  placement.events,
  authorization.events,
  transactions.events,
  numbers.events,
  requests.events,
  reservation.events,
  availability.events,
  deviceConfiguration.events,
  authorizationList.events,
  maintenance.events,
  dataTransfer.events,
  smartCharging.events,
  observation.events,
);

export type StationCommands = typeof commands;
export type StationEvents = typeof events;

/** The aggregate of one station; stream `charging-station/{key}`. */
export const chargingStation = {
  category: "charging-station",
  initialState: initialStation,
  commands,
  events,
} satisfies Decider<StationState>;
