import type { DataTransferAnswer } from "#bus";
import { present, toChargingStation } from "#core";
import { both } from "../../../message.ts";
import { endOf } from "../../outcomes.ts";
import { fromStation, type Response, toStation } from "../../row.ts";

const fromThem = fromStation({
  action: "DataTransfer",
  spec: "OCPP 1.6 edition 2, §4.3",
  ask: (request, { key }) => ({
    question: "IncomingDataTransfer",
    station: key,
    vendorId: request.vendorId,
    messageId: request.messageId,
    data: request.data,
  }),
  commands: (request, { key, at }, asked) => {
    const message = present({ ...request, data: request.data?.slice(0, dataLengthMax) });
    const { status, data, provider } = answerOf(asked);
    const answer = present({ status, data: data?.slice(0, dataLengthMax), provider });
    if (request.vendorId === "") return [];
    return [toChargingStation(key, "RecordIncomingDataTransfer", { message, answer, at })];
  },
  answer: (_request, _context, asked) => {
    const { status, data } = answerOf(asked);
    return present({ status: words[status], data });
  },
});

const toThem = toStation({
  action: "DataTransfer",
  spec: "OCPP 1.6 edition 2, §5.6",
  on: "DataTransferRequested",
  priority: 2,
  request: ({ vendorId, messageId, data }) => present({ vendorId, messageId, data }),
  outcome: (response, _request, { key, at, requestId }) => {
    const { status, data } = response;
    const record = present({ requestId, status, data, at });
    return {
      ...endOf("DataTransfer", response),
      result: present({ data }),
      commands: [toChargingStation(key, "RecordDataTransferResponse", record)],
    };
  },
});

/** What the log keeps of a vendor's message. */
const dataLengthMax = 100_000;

const words: Readonly<Record<DataTransferAnswer["status"], Response<"DataTransfer">["status"]>> = {
  accepted: "Accepted",
  rejected: "Rejected",
  unknownMessageId: "UnknownMessageId",
  unknownVendorId: "UnknownVendorId",
};

/** Nobody who was asked knows the vendor: that is what the station is told. */
function answerOf(asked: unknown): DataTransferAnswer {
  const nobody: DataTransferAnswer = { status: "unknownVendorId", provider: "none" };
  return (asked as DataTransferAnswer | undefined) ?? nobody;
}

/** A vendor's own message, either way. */
export const dataTransfer = both({
  action: "DataTransfer",
  fromStation: fromThem,
  toStation: toThem,
});
