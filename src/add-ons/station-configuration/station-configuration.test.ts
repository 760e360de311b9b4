import { describe, expect, it } from "vitest";
import type { ViewItem } from "#bus";
import type { EventEnvelope } from "#core";
import { type FakeContext, fakeContext } from "#support/add-on-context";
import { stationConfiguration } from "./index.ts";

const evses = [{ evseId: 1, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] }];
const type = { vendor: "ACME", model: "CORP1", revision: 3, evses };
const typeKey = "acme|corp1";
const at = "2026-05-04T10:00:00.000Z";

function event(name: string, data: object, recordedAt = at): EventEnvelope {
  return {
    stream: "charging-station/cp01",
    version: 2,
    cursor: "0-2",
    type: name,
    schema: 1,
    data,
    meta: { recordedAt, actor: { kind: "station", id: "cp01" } },
  };
}

async function reactTo(
  happened: EventEnvelope,
  given: { station?: ViewItem; types?: Record<string, ViewItem> } = {},
): Promise<FakeContext> {
  const context = fakeContext({
    now: at,
    views: {
      stationTypes: given.types ?? { [typeKey]: type },
      chargingStations: given.station === undefined ? {} : { cp01: given.station },
    },
  });
  const reactions = stationConfiguration().on as unknown as Record<
    string,
    (event: EventEnvelope, context: FakeContext) => Promise<void>
  >;
  await reactions[happened.type]?.(happened, context);
  return context;
}

const typesSent = (context: FakeContext) => context.dispatched.map(({ command }) => command.type);

describe("the station-configuration add-on", () => {
  it("configures a station of a known type, found without regard to case", async () => {
    const boot = event("UnconfiguredChargingStationBooted", { vendor: " acme", model: "Corp1" });
    const context = await reactTo(boot);
    expect(context.dispatched).toMatchObject([
      {
        command: {
          stream: "charging-station/cp01",
          type: "ConfigureChargingStation",
          data: { evses, stationType: { vendor: "ACME", model: "CORP1", revision: 3 } },
        },
      },
    ]);
  });

  it.each([
    ["an unknown type", { vendor: "Other", model: "X" }],
    ["a boot without a model", { vendor: "ACME" }],
    ["a boot without a vendor", { model: "CORP1" }],
  ])("leaves %s to the operator", async (_what, data) => {
    const context = await reactTo(event("UnconfiguredChargingStationBooted", data));
    expect(context.dispatched).toEqual([]);
  });

  it("configures all stations that wait for a type as soon as it is there", async () => {
    const station = { stationId: "CP01", typeKey, configured: false };
    const context = await reactTo(event("StationTypeDefined", type), { station });
    expect(typesSent(context)).toEqual(["ConfigureChargingStation"]);
  });

  it("only offers a changed type to stations that have a configuration", async () => {
    const station = { stationId: "CP01", typeKey, configured: true, inferred: false };
    const context = await reactTo(event("StationTypeDefined", type), { station });
    expect(typesSent(context)).toEqual(["OfferReconfiguration"]);
  });

  it("reconfigures when an operator takes the offer", async () => {
    const taken = event("ReconfigurationRequested", { vendor: "ACME", model: "CORP1" });
    expect(typesSent(await reactTo(taken))).toEqual(["ConfigureChargingStation"]);
  });

  describe("applies the type's keys", () => {
    const configuration = { HeartbeatInterval: "600", MeterValueSampleInterval: "30" };
    const types = { [typeKey]: { ...type, configuration } };
    const accepted = event("ChargingStationAccepted", {});
    const configured = event("ChargingStationConfigured", {});
    const earlier = "2026-05-01T00:00:00.000Z";
    const station = {
      vendor: "ACME",
      model: "CORP1",
      accepted: true,
      configured: true,
      firstAcceptedAt: at,
      firstConfiguredAt: earlier,
    };

    it("at the first acceptance of a configured station", async () => {
      const context = await reactTo(accepted, { station, types });
      expect(context.dispatched.map(({ command }) => command.data)).toMatchObject([
        { key: "HeartbeatInterval", value: "600" },
        { key: "MeterValueSampleInterval", value: "30" },
      ]);
      const ids = context.dispatched.map(({ command }) => command.data as { requestId: string });
      expect(new Set(ids.map(({ requestId }) => requestId)).size).toBe(2);
    });

    it("at the configuration of a station that was accepted before", async () => {
      const waiting = { ...station, firstAcceptedAt: earlier, firstConfiguredAt: at };
      expect(typesSent(await reactTo(configured, { station: waiting, types }))).toHaveLength(2);
    });

    it("once, when both come in one commit", async () => {
      const both = { ...station, firstConfiguredAt: at };
      expect(typesSent(await reactTo(accepted, { station: both, types }))).toHaveLength(2);
      expect(typesSent(await reactTo(configured, { station: both, types }))).toHaveLength(0);
    });

    it("never again at a later acceptance", async () => {
      const again = event("ChargingStationAccepted", {}, "2026-06-01T00:00:00.000Z");
      expect(typesSent(await reactTo(again, { station, types }))).toEqual([]);
    });
  });
});
