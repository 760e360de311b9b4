import { triggerMessage } from "./trigger-message.ts";

/** Profile RemoteTrigger. */
export const remoteTrigger = {
  TriggerMessage: triggerMessage,
};
