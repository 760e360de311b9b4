import { limits } from "../limits.ts";
import { type Handlers, obey, say } from "./handler.ts";

/** OCPP 1.6 Core: the configuration keys. */
export const coreConfigurationHandlers: Handlers = {
  GetConfiguration: obey<{ key?: readonly string[] }>((station, { key }) => {
    const response = station.configuration.read(key);
    if (response !== undefined) return { response };
    const description = `more than ${limits.configurationKeysMax} keys`;
    return { code: "OccurenceConstraintViolation", description };
  }),

  ChangeConfiguration: obey<{ key: string; value: string }>((station, { key, value }) =>
    say(station.configuration.change(key, value)),
  ),
};
