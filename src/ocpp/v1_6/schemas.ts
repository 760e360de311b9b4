// The OCA's schemas of OCPP 1.6 with its security extension, as `ocpp-rpc` carries them.
import schemas from "ocpp-rpc/lib/schemas/ocpp1_6.json" with { type: "json" };
import { payloadCheck } from "../wire/check.ts";
import { type JsonSchema, relaxed, type SchemaOf, type Tolerances } from "../wire/json-schema.ts";
import { mender } from "../wire/mend.ts";

const byId = new Map((schemas as readonly JsonSchema[]).map((schema) => [schema.$id, schema]));

/** Schema of a payload of 1.6. */
export const schemaOf: SchemaOf = ({ action, kind }) =>
  byId.get(`urn:${action}.${kind === "request" ? "req" : "conf"}`);

const word = (maxLength: number) => ({ maxLength, code: "wordUnknown" });
const long = (maxLength: number) => ({ maxLength, code: "textTooLong" });

/** What is let through where no fact shall be lost over it; the rows know how to read it. */
export const tolerances: Tolerances = {
  texts: {
    // A truncated token would be another person's.
    idTag: { maxLength: 255, code: "tokenTooLong" },
    parentIdTag: { maxLength: 255, code: "tokenTooLong" },
    context: word(50),
    format: word(20),
    measurand: word(50),
    phase: word(10),
    location: word(20),
    unit: word(20),
    errorCode: word(50),
    reason: word(50),
    "StatusNotification.status": word(50),
    "FirmwareStatusNotification.status": word(50),
    "SignedFirmwareStatusNotification.status": word(50),
    "DiagnosticsStatusNotification.status": word(50),
    "LogStatusNotification.status": word(50),
    chargePointVendor: long(255),
    chargePointModel: long(255),
    chargePointSerialNumber: long(255),
    chargeBoxSerialNumber: long(255),
    firmwareVersion: long(255),
    iccid: long(255),
    imsi: long(255),
    meterType: long(255),
    meterSerialNumber: long(255),
    info: long(500),
    vendorErrorCode: long(500),
    techInfo: long(500),
    "GetConfiguration.key": long(100),
    "GetConfiguration.value": long(10_000),
  },
  decimals: { meterStart: "numberNotWhole", meterStop: "numberNotWhole" },
  optional: [
    "timestamp",
    "meterStart",
    "meterStop",
    "StartTransaction.idTag",
    "StatusNotification.errorCode",
    "BootNotification.chargePointVendor",
    "BootNotification.chargePointModel",
    "GetConfiguration.readonly",
  ],
};

/** Checks as a certification would. */
export const check = payloadCheck(schemaOf);

/** Checks what was mended: only what the rows cannot do without. */
export const checkMended = payloadCheck((about) => {
  const schema = schemaOf(about);
  return schema === undefined ? undefined : relaxed(schema, about.action, tolerances);
});

/** Repairs by schema what stations get wrong in all messages alike. */
export const mendBySchema = mender(schemaOf, tolerances);
