import { authorize } from "./authorize.ts";
import { bootNotification } from "./boot-notification.ts";
import { changeAvailability } from "./change-availability.ts";
import { changeConfiguration } from "./change-configuration.ts";
import { clearCache } from "./clear-cache.ts";
import { dataTransfer } from "./data-transfer.ts";
import { getConfiguration } from "./get-configuration.ts";
import { heartbeat } from "./heartbeat.ts";
import { meterValues } from "./meter-values.ts";
import { remoteStartTransaction } from "./remote-start-transaction.ts";
import { remoteStopTransaction } from "./remote-stop-transaction.ts";
import { reset } from "./reset.ts";
import { startTransaction } from "./start-transaction.ts";
import { statusNotification } from "./status-notification.ts";
import { stopTransaction } from "./stop-transaction.ts";
import { unlockConnector } from "./unlock-connector.ts";

/** Profile Core. */
export const core = {
  Authorize: authorize,
  BootNotification: bootNotification,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  ClearCache: clearCache,
  DataTransfer: dataTransfer,
  GetConfiguration: getConfiguration,
  Heartbeat: heartbeat,
  MeterValues: meterValues,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: remoteStopTransaction,
  Reset: reset,
  StartTransaction: startTransaction,
  StatusNotification: statusNotification,
  StopTransaction: stopTransaction,
  UnlockConnector: unlockConnector,
};
