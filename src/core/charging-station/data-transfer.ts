import { Type } from "@sinclair/typebox";
import { commandRows, eventRows } from "../kernel/decider.ts";
import { closed, Instant, oneOf, shortText } from "../values/common.ts";
import { ask, askingRows, requested, requestOf } from "./asking.ts";
import { fromStation, type StationState, toStation } from "./state.ts";

/** `messageId` and `data` are optional in every version of OCPP. */
const message = {
  vendorId: Type.String({ minLength: 1, maxLength: 255 }),
  messageId: Type.Optional(shortText(50)),
  data: Type.Optional(Type.String({ maxLength: 100_000 })),
};

const TransferAsked = requestOf(message);
const status = oneOf("accepted", "rejected", "unknownMessageId", "unknownVendorId");

const event = eventRows<StationState>();

const events = {
  DataTransferRequested: requested(TransferAsked, {
    type: "DataTransferRequested",
    target: (data) => data.requestId,
  }),
  DataTransferResponseReceived: event(
    closed({
      requestId: Type.Optional(Type.String()),
      status: shortText(50),
      data: Type.Optional(Type.String()),
      at: Instant,
    }),
    null,
  ),
  IncomingDataTransferReceived: event(closed({ ...message, at: Instant }), null),
  IncomingDataTransferAnswered: event(
    closed({
      status,
      data: Type.Optional(Type.String({ maxLength: 100_000 })),
      /** Name of the add-on that answered; `none` where no one did. */
      provider: shortText(100),
      at: Instant,
    }),
    null,
  ),
};

const command = commandRows<StationState, typeof events>();
const asking = askingRows<typeof events>();

const commands = {
  RequestDataTransfer: asking({
    data: TransferAsked,
    guards: toStation,
    decide: (data, station) =>
      ask(station, { type: "DataTransferRequested", data }, data.requestId),
  }),
  RecordDataTransferResponse: command({
    data: events.DataTransferResponseReceived.data,
    guards: fromStation,
    decide: (data) => [{ type: "DataTransferResponseReceived", data }],
  }),
  RecordIncomingDataTransfer: command({
    data: closed({
      message: closed(message),
      answer: closed({ status, data: Type.Optional(Type.String()), provider: shortText(100) }),
      at: Instant,
    }),
    guards: fromStation,
    decide: ({ message, answer, at }) => [
      { type: "IncomingDataTransferReceived", data: { ...message, at } },
      { type: "IncomingDataTransferAnswered", data: { ...answer, at } },
    ],
  }),
};

/** Vendor-specific messages, both ways. */
export const dataTransfer = { commands, events };
