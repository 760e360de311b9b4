// Every action that the CSMS may call, by profile: obeyed, not just answered.
import { coreHandlers } from "./core.ts";
import { coreConfigurationHandlers } from "./core-configuration.ts";
import { firmwareHandlers } from "./firmware-management.ts";
import type { Handlers } from "./handler.ts";
import { localListHandlers } from "./local-auth-list.ts";
import { triggerHandlers } from "./remote-trigger.ts";
import { reservationHandlers } from "./reservation.ts";
import { securityHandlers } from "./security.ts";
import { smartChargingHandlers } from "./smart-charging.ts";

/** All of them. */
export const handlers: Handlers = {
  ...coreHandlers,
  ...coreConfigurationHandlers,
  ...firmwareHandlers,
  ...localListHandlers,
  ...reservationHandlers,
  ...smartChargingHandlers,
  ...triggerHandlers,
  ...securityHandlers,
};
