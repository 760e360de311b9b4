import { expect, it } from "vitest";
import { eventsIn, type LoggedEvent } from "../../api/event-log.ts";
import { historyOf, type Message } from "./history.ts";

const event = (at: string, type: string) =>
  ({ type, cursor: type, meta: { recordedAt: at } }) as unknown as LoggedEvent;
const message = (at: string) => ({ id: `frame ${at}`, at }) as unknown as Message;

it("joins events and exchanges in their order, an event before what it made go out", () => {
  const steps = historyOf(
    [
      ...[event("10:00:02", "Sent"), event("10:00:02", "Completed")],
      event("10:00:01", "Requested"),
    ],
    [message("10:00:01"), message("10:00:03")],
  );
  expect(steps.map(({ key }) => key)).toEqual([
    ...["Requested", "frame 10:00:01", "Sent", "Completed", "frame 10:00:03"],
  ]);
});

it("reads events that come as lines, the last one ended or not", () => {
  expect(eventsIn('{"type":"A"}\n{"type":"B"}\n').map(({ type }) => type)).toEqual(["A", "B"]);
  expect(eventsIn('{"type":"A"}').map(({ type }) => type)).toEqual(["A"]);
  expect(eventsIn("")).toEqual([]);
});
