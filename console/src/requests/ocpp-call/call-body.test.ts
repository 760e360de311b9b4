import { expect, it } from "vitest";
import { aroundOf, placed, protocolOf } from "./call-body.ts";

it("asks around the payload for what is neither chosen nor shaped by the action", () => {
  const deadlineSeconds = { type: "integer", minimum: 1 };
  const shape = {
    ...{ type: "object", required: ["type", "action", "payload"] },
    properties: {
      ...{ type: { const: "RequestOcppCall" }, action: { type: "string" } },
      ...{ payload: { type: "object" }, deadlineSeconds },
    },
  };
  expect(aroundOf(shape)).toEqual({
    ...{ type: "object", properties: { deadlineSeconds }, required: [] },
  });
});

it("brings what the API found wrong to its field", () => {
  const at = (path: string) => ({ path, message: "is wrong" });
  expect(placed([at("/payload/type"), at("/payload"), at("/deadlineSeconds")])).toEqual({
    payload: [at("/type"), at("/")],
    around: [at("/deadlineSeconds")],
  });
});

it("takes the protocol of the station's boot where it is spoken", () => {
  const spoken = ["ocpp2.0.1", "ocpp1.6"];
  expect(protocolOf({ protocol: "ocpp1.6" }, spoken)).toBe("ocpp1.6");
  expect(protocolOf({}, spoken)).toBe("ocpp2.0.1");
  expect(protocolOf({ protocol: "ocpp1.5" }, spoken)).toBe("ocpp2.0.1");
  expect(protocolOf({}, [])).toBeUndefined();
});
