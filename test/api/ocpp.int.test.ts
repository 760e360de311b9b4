// What the API says of OCPP, so that a call can be written out by a form.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCallCatalogue, versions } from "#ocpp";
import { openApi, type TestApi } from "#support/api";

let api: TestApi;
beforeAll(async () => {
  api = await openApi({}, { callCatalogue: createCallCatalogue(versions) });
});
afterAll(() => api.close());

describe("the actions of OCPP", () => {
  it("are listed by protocol: those that can be called at a station", async () => {
    const { body } = await api.get("/api/v1/ocpp");
    expect(body.items).toEqual(versions.map(({ protocol }) => ({ protocol })));
    const listed = await api.get("/api/v1/ocpp/ocpp1.6/actions");
    const actions = listed.body.items.map(({ action }: { action: string }) => action);
    expect(actions).toContain("UnlockConnector");
    expect(actions).not.toContain("StartTransaction");
    const spec = "OCPP 1.6 edition 2, §5.14";
    expect(listed.body.items).toContainEqual({ action: "Reset", spec });
  });

  it("have the schemas of their call and of its answer", async () => {
    const { body } = await api.get("/api/v1/ocpp/ocpp1.6/actions/Reset");
    expect(body).toMatchObject({
      ...{ protocol: "ocpp1.6", action: "Reset" },
      request: { properties: { type: { enum: ["Hard", "Soft"] } }, required: ["type"] },
      response: { properties: { status: { enum: ["Accepted", "Rejected"] } } },
    });
  });

  it.each(["/ocpp0.1/actions", "/ocpp1.6/actions/Heartbeat", "/ocpp1.6/actions/constructor"])(
    "are not made up: %s",
    async (path) => {
      const { status, body } = await api.get(`/api/v1/ocpp${path}`);
      expect([status, body.code]).toEqual([404, "NotFound"]);
    },
  );
});
