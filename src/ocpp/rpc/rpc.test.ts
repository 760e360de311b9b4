import { rpcContract } from "#support/rpc/rpc-contract";
import { v1_6 } from "../v1_6/index.ts";

const timestamp = "2026-05-04T09:59:00Z";

rpcContract({
  version: v1_6,
  boot: {
    action: "BootNotification",
    payload: { chargePointVendor: "Acme", chargePointModel: "One" },
  },
  bootStatus: { accepted: "Accepted", refused: "Rejected" },
  fact: {
    action: "StatusNotification",
    payload: { connectorId: 1, errorCode: "NoError", status: "Preparing", timestamp },
    event: "StatusReported",
  },
  transactionFact: {
    action: "StartTransaction",
    payload: { connectorId: 1, idTag: "ABC", meterStart: 0, timestamp },
    event: "TransactionOpened",
  },
  wrongPayload: { errorCode: "NoError" },
  heartbeat: { action: "Heartbeat" },
  onlyToStation: "Reset",
  request: {
    event: "DataTransferRequested",
    fields: { vendorId: "acme" },
    action: "DataTransfer",
    accepted: { status: "Accepted" },
    rejected: { status: "Rejected" },
  },
  urgent: { event: "ResetRequested", fields: { kind: "soft" }, action: "Reset" },
});
