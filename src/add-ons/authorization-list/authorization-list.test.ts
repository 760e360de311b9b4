import { describe, expect, it } from "vitest";
import type { ViewItem } from "#bus";
import type { EventEnvelope } from "#core";
import { type FakeContext, fakeContext } from "#support/add-on-context";
import { authorizationList } from "./index.ts";

const at = "2026-05-04T10:00:00.000Z";
const request = {
  ...{ requestId: "r1", stationId: "CP/01", type: "RequestSendAuthorizationList" },
  correlationId: "c1",
  parameters: {
    ...{ updateType: "differential", listVersion: 7 },
    entries: [{ tokenRef: "new", status: "blocked" }, { tokenRef: "gone" }],
  },
};
const known = {
  kept: { stationId: "CP/01", tokenRef: "kept", status: "accepted", groupTokenRef: "group" },
  gone: { stationId: "CP/01", tokenRef: "gone", status: "accepted" },
  other: { stationId: "CP-2", tokenRef: "other", status: "accepted" },
};

async function reactTo(status: string, asked: ViewItem = request): Promise<FakeContext> {
  const context = fakeContext({
    now: at,
    views: { requests: { r1: asked }, authorizationLists: known },
  });
  const reactions = authorizationList().on as unknown as Record<
    string,
    (event: EventEnvelope, context: FakeContext) => Promise<void>
  >;
  await reactions.RequestCompleted?.(
    {
      ...{ stream: "charging-station/cp%2F01", version: 2, cursor: "0-2" },
      ...{ type: "RequestCompleted", schema: 1 },
      data: { requestId: "r1", outcome: "rejected", status, at },
      meta: { recordedAt: at, actor: { kind: "station", id: "cp%2F01" } },
    },
    context,
  );
  return context;
}

describe("the authorization-list add-on", () => {
  it("sends the whole list after a mismatch, with what was meant to change", async () => {
    const { dispatched } = await reactTo("VersionMismatch");
    expect(dispatched.map(({ command }) => command)).toEqual([
      {
        stream: "charging-station/cp%2F01",
        type: "RequestSendAuthorizationList",
        data: {
          ...{ requestId: "id-1", correlationId: "c1", requestedAt: at },
          deadline: "2026-05-04T10:02:00.000Z",
          ...{ updateType: "full", listVersion: 7 },
          entries: [
            { tokenRef: "kept", status: "accepted", groupTokenRef: "group" },
            { tokenRef: "new", status: "blocked" },
          ],
        },
      },
    ]);
  });

  it.each([
    ["another answer", "Failed", request],
    [
      "a whole list",
      "VersionMismatch",
      { ...request, parameters: { ...request.parameters, updateType: "full" } },
    ],
    ["another request", "VersionMismatch", { ...request, type: "RequestOcppCall" }],
  ])("leaves %s alone", async (_what, status, asked) => {
    expect((await reactTo(status, asked)).dispatched).toEqual([]);
  });
});
