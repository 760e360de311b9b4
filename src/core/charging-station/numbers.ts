import { Type } from "@sinclair/typebox";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { closed } from "../values/common.ts";
import { fromSystem, type StationState } from "./state.ts";

/** There is room for hundreds of such steps below the largest number of the wire (int32). */
const Skipped = closed({ by: Type.Integer({ minimum: 1, maximum: 2_000_000 }) });

const event = eventRows<StationState>();

const events = {
  /** What lies between was given, perhaps: no number is given twice, and none of it is foreign. */
  NumbersSkipped: event(Skipped, (state, { by }) => ({
    ...state,
    transactionCount: state.transactionCount + by,
    reservationCount: state.reservationCount + by,
  })),
};

const command = commandRows<StationState, typeof events>();

const commands = {
  /** A log that was restored does not know which numbers were given after its backup was made. */
  SkipNumbers: command({
    data: Skipped,
    guards: fromSystem,
    decide: (data) => [{ type: "NumbersSkipped", data }],
  }),
};

/** Numbers of transactions and reservations, as the station knows them. */
export const numbers = { commands, events };
