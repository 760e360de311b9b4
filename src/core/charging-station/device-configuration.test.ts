import { describe, expect, it } from "vitest";
import { asked, at, givenStation, served } from "#support/station-history";
import { happened } from "#support/story";
import { saidByStation, spokenToStation } from "#support/story/guards";
import { bounds } from "../bounds.ts";

const given = givenStation;

describe("RequestConfigurationItems", () => {
  spokenToStation("RequestConfigurationItems", { ...asked(), keys: [] });
  it("asks for all keys, or for some", () => {
    for (const keys of [[], ["HeartbeatInterval", "LightIntensity"]]) {
      given(served)
        .when("RequestConfigurationItems", { ...asked(), keys })
        .then(happened("ConfigurationItemsRequested", { ...asked(), keys }));
    }
  });
  it("takes the same keys in another order for the same question", () => {
    const first = happened("ConfigurationItemsRequested", { ...asked("r1"), keys: ["b", "a"] });
    given(served, first)
      .when("RequestConfigurationItems", { ...asked("r2"), keys: ["a", "b"] })
      .then(
        happened("RequestCompleted", { requestId: "r1", outcome: "superseded", at: at(0) }),
        happened("ConfigurationItemsRequested", { ...asked("r2"), keys: ["a", "b"] }),
      );
  });
});

describe("RecordConfigurationItems", () => {
  const items = {
    items: [
      { key: "HeartbeatInterval", value: "300", readonly: false },
      { key: "GetConfigurationMaxKeys", readonly: true },
    ],
    unknownKeys: ["LightIntensity"],
    requestedKeys: ["HeartbeatInterval", "GetConfigurationMaxKeys", "LightIntensity"],
    at: at(2),
  };
  saidByStation("RecordConfigurationItems", items);
  it("keeps values, read-only ones, and which keys are unknown", () => {
    given(served)
      .when("RecordConfigurationItems", items)
      .then(happened("ConfigurationItemsReceived", items));
  });
});

describe("RequestChangeConfigurationItem", () => {
  spokenToStation("RequestChangeConfigurationItem", { ...asked(), key: "k", value: "" });
  it("asks with the value as it was written", () => {
    const wish = { ...asked(), key: "MeterValueSampleInterval", value: "60" };
    given(served)
      .when("RequestChangeConfigurationItem", wish)
      .then(happened("ChangeConfigurationItemRequested", wish));
  });
});

describe("RecordConfigurationItemChanged", () => {
  const changed = { key: "AuthorizationCacheEnabled", value: "true", at: at(2) };
  saidByStation("RecordConfigurationItemChanged", { ...changed, rebootRequired: false });
  it("remembers which keys wait for a boot, each once", () => {
    const waits = { ...changed, rebootRequired: true };
    const event = happened("ConfigurationItemChanged", waits);
    const { state, ...ending } = given(served, event).when("RecordConfigurationItemChanged", waits);
    ending.then(event);
    expect(state.rebootRequiredBy).toEqual(["AuthorizationCacheEnabled"]);
    const now = given(served).when("RecordConfigurationItemChanged", {
      ...changed,
      rebootRequired: false,
    });
    expect(now.state.rebootRequiredBy).toEqual([]);
  });
  it("remembers so many of them", () => {
    const many = Array.from({ length: bounds.rebootKeys + 1 }, (_none, index) =>
      happened("ConfigurationItemChanged", { ...changed, key: `k${index}`, rebootRequired: true }),
    );
    expect(given(served, many).state.rebootRequiredBy).toHaveLength(bounds.rebootKeys);
  });
});
