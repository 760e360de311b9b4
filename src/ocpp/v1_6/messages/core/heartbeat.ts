import { fromStation } from "../../row.ts";
import { triggered } from "../../translate.ts";

/** A station is alive and asks for the time. */
export const heartbeat = fromStation({
  action: "Heartbeat",
  spec: "OCPP 1.6 edition 2, §4.6",
  quiet: true,
  commands: (_request, context) => triggered(context, "Heartbeat"),
  answer: (_request, { at }) => ({ currentTime: at }),
});
