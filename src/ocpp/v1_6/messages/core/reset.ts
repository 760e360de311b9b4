import { endOf } from "../../outcomes.ts";
import { toStation } from "../../row.ts";

/** Restart: soft ends transactions first, hard does not. */
export const reset = toStation({
  action: "Reset",
  spec: "OCPP 1.6 edition 2, §5.14",
  on: "ResetRequested",
  priority: 0,
  request: ({ kind }) => ({ type: kind === "hard" ? "Hard" : "Soft" }),
  outcome: (response) => endOf("Reset", response),
});
