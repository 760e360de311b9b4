import { describe, it } from "vitest";
import { created, givenStation } from "#support/station-history";
import { happened } from "#support/story";
import { decidedByOperator } from "#support/story/guards";

const given = givenStation;
const place = {
  coordinates: { latitude: 51.98, longitude: 5.9 },
  accessibility: "public" as const,
};
const address = {
  address: { addressLine1: "Utrechtseweg 310", city: "Arnhem", country: "NL" },
  accessibility: "private" as const,
};
const nowhere = { accessibility: "public" as const };

describe("PlaceChargingStation", () => {
  decidedByOperator("PlaceChargingStation", place);
  it("says where it stands, by coordinates or an address", () => {
    const placed = happened("ChargingStationPlaced", place);
    given(created).when("PlaceChargingStation", place).then(placed);
    given(created)
      .when("PlaceChargingStation", address)
      .then(happened("ChargingStationPlaced", address));
  });
  it("needs a place", () => {
    given(created).when("PlaceChargingStation", nowhere).thenRefused("PlaceMissing");
  });
});

describe("ImproveChargingStationLocation", () => {
  decidedByOperator("ImproveChargingStationLocation", place);
  it("says better where it stands", () => {
    given(created)
      .when("ImproveChargingStationLocation", place)
      .then(happened("ChargingStationLocationImproved", place));
  });
  it("needs a place", () => {
    given(created).when("ImproveChargingStationLocation", nowhere).thenRefused("PlaceMissing");
  });
});

describe("MoveChargingStation", () => {
  decidedByOperator("MoveChargingStation", place);
  it("says where it stands now", () => {
    given(created)
      .when("MoveChargingStation", address)
      .then(happened("ChargingStationMoved", address));
  });
  it("needs a place", () => {
    given(created).when("MoveChargingStation", nowhere).thenRefused("PlaceMissing");
  });
});

const opens = (timeStart: string, timeStop: string) => ({
  openingTimes: [{ day: "monday" as const, timeStart, timeStop }],
});

describe("SetChargingStationOpeningTimes", () => {
  decidedByOperator("SetChargingStationOpeningTimes", opens("08:00", "18:30"));
  it("replaces all, also by none", () => {
    for (const times of [opens("08:00", "18:30"), { openingTimes: [] }]) {
      given(created)
        .when("SetChargingStationOpeningTimes", times)
        .then(happened("ChargingStationOpeningTimesSet", times));
    }
  });
  it("needs an end after the start", () => {
    for (const times of [opens("18:30", "08:00"), opens("08:00", "08:00")]) {
      given(created)
        .when("SetChargingStationOpeningTimes", times)
        .thenRefused("OpeningTimeBackwards");
    }
  });
});

describe("AddChargingStationOpeningTimes", () => {
  decidedByOperator("AddChargingStationOpeningTimes", opens("08:00", "18:30"));
  it("adds to those that are known", () => {
    const times = opens("20:00", "22:00");
    given(created)
      .when("AddChargingStationOpeningTimes", times)
      .then(happened("ChargingStationOpeningTimesAdded", times));
  });
  it("needs an end after the start", () => {
    given(created)
      .when("AddChargingStationOpeningTimes", opens("23:00", "01:00"))
      .thenRefused("OpeningTimeBackwards", "monday 23:00");
  });
});
