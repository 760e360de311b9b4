import { describe, expect, it } from "vitest";
import {
  accepted,
  at,
  closedNow,
  configured,
  countedFrom,
  created,
  decommissioned,
  evse,
  givenStation,
  opened,
  served,
} from "#support/station-history";
import { happened } from "#support/story";
import { addOn, motown, operator, theStation } from "#support/story/actors";
import { decidedByOperator, doneByAddOn, saidByStation } from "#support/story/guards";

const given = givenStation;
const boot = { at: at(1), protocol: "ocpp1.6", vendor: "Acme", model: "Corp1" };
const newcomer = { stationId: "CP/01", administrators: [], transactionNumberBase: countedFrom };
const stationType = { vendor: "Acme", model: "Corp1", revision: 2 };

describe("CreateChargingStation", () => {
  it("creates the station, with its first administrators", () => {
    const { state, ...ending } = given().when("CreateChargingStation", {
      ...newcomer,
      administrators: ["owner"],
    });
    ending.then(created);
    expect(state.permissions).toEqual({ owner: ["AllPermissions"] });
    expect(state.accepted).toBe(false);
  });
  it("creates no station twice", () => {
    for (const actor of [theStation, operator("AllPermissions"), operator()]) {
      const twice = given(created).when("CreateChargingStation", newcomer, actor);
      twice.thenRefused("StationAlreadyExists");
    }
  });
  it("is open to the station's first word, and to whoever is permitted", () => {
    const by = (actor = theStation) => given().when("CreateChargingStation", newcomer, actor);
    for (const actor of [theStation, motown]) by(actor).thenAllowed();
    for (const right of ["AllPermissions", "CreateChargingStation"]) {
      by(operator(right)).thenAllowed();
    }
    by(addOn("CreateChargingStation")).thenAllowed();
    by(operator("AcceptChargingStation")).thenRefused("NotPermitted", "CreateChargingStation");
    by(addOn()).thenRefused("NotPermitted", "CreateChargingStation");
  });
});

describe("AcceptChargingStation", () => {
  decidedByOperator("AcceptChargingStation", {});
  it("accepts, before or after the first boot", () => {
    given(created).when("AcceptChargingStation", {}).then(accepted);
    const booted = happened("UnconfiguredChargingStationBooted", boot);
    given(created, booted).when("AcceptChargingStation", {}).then(accepted);
  });
  it("accepts no station twice", () => {
    given(created, accepted)
      .when("AcceptChargingStation", {})
      .thenRefused("StationAlreadyAccepted");
  });
  it("accepts none that is decommissioned", () => {
    given(created, decommissioned)
      .when("AcceptChargingStation", {})
      .thenRefused("StationDecommissioned");
  });
});

describe("AdmitChargingStation", () => {
  saidByStation("AdmitChargingStation", {});
  it("accepts a station that nobody has judged yet", () => {
    given(created).when("AdmitChargingStation", {}, theStation).then(accepted);
  });
  it("leaves what a person made of it", () => {
    const unaccepted = happened("ChargingStationUnaccepted", {});
    for (const past of [[accepted], [accepted, unaccepted], [decommissioned]]) {
      given(created, past).when("AdmitChargingStation", {}, theStation).thenNothing();
    }
  });
});

describe("UnacceptChargingStation", () => {
  decidedByOperator("UnacceptChargingStation", {}, [created, accepted]);
  it("takes the acceptance back, but not that it was admitted once", () => {
    const { state, ...ending } = given(served).when("UnacceptChargingStation", { reason: "moved" });
    ending.then(happened("ChargingStationUnaccepted", { reason: "moved" }));
    expect(state).toMatchObject({ accepted: false, admitted: true });
  });
  it("needs an acceptance to take back", () => {
    given(created).when("UnacceptChargingStation", {}).thenRefused("StationNotAccepted");
  });
});

describe("DecommissionChargingStation", () => {
  decidedByOperator("DecommissionChargingStation", {});
  it("takes the station out of the network", () => {
    given(served)
      .when("DecommissionChargingStation", { reason: "sold" })
      .then(happened("ChargingStationDecommissioned", { reason: "sold" }));
  });
  it("waits for open transactions to end", () => {
    given(served, opened(1))
      .when("DecommissionChargingStation", {})
      .thenRefused("StationHasOpenTransactions");
    given(served, opened(1), closedNow(1)).when("DecommissionChargingStation", {}).thenAllowed();
  });
  it("decommissions no station twice", () => {
    given(served, decommissioned)
      .when("DecommissionChargingStation", {})
      .thenRefused("StationDecommissioned");
  });
});

describe("RecommissionChargingStation", () => {
  decidedByOperator("RecommissionChargingStation", {}, [created, decommissioned]);
  it("brings it back with its acceptance and its count of transactions", () => {
    const history = [...served, opened(1), closedNow(1), decommissioned];
    const { state, ...ending } = given(history).when("RecommissionChargingStation", {});
    ending.then(happened("ChargingStationRecommissioned", {}));
    expect(state).toMatchObject({ accepted: true, decommissioned: false, transactionCount: 1 });
  });
  it("needs one that is decommissioned", () => {
    given(served).when("RecommissionChargingStation", {}).thenRefused("StationNotDecommissioned");
  });
});

describe("RecordBoot", () => {
  saidByStation("RecordBoot", boot);
  it("tells the boot of a configured station from that of another", () => {
    given(created, accepted)
      .when("RecordBoot", boot)
      .then(happened("UnconfiguredChargingStationBooted", boot));
    given(created, configured)
      .when("RecordBoot", boot)
      .then(happened("ConfiguredChargingStationBooted", boot));
  });
  it("counts a guess as no configuration, so that the catalogue is asked again", () => {
    const guess = happened("ChargingStationConfigured", { evses: [evse(1)], inferred: true });
    given(created, guess)
      .when("RecordBoot", boot)
      .then(happened("UnconfiguredChargingStationBooted", boot));
  });
  it("counts little of what somebody says who was not let in", () => {
    const knocked = happened("UnconfiguredChargingStationBooted", boot);
    const again = { ...boot, at: "2026-05-04T10:09:59.000Z" };
    const first = happened("UnconfiguredChargingStationBooted", {
      ...boot,
      at: "2026-05-04T10:09:01.000Z",
    });
    given(created, first).when("RecordBoot", again).then();
    given(created, first)
      .when("RecordBoot", { ...again, vendor: "Another" })
      .then();
    const later = { ...again, at: "2026-05-04T10:10:00.000Z" };
    given(created, first)
      .when("RecordBoot", later)
      .then(happened("UnconfiguredChargingStationBooted", later));
    given(created, accepted, knocked).when("RecordBoot", boot).then(knocked);
  });
  it("brings changed settings into force and closes no transaction", () => {
    const change = happened("ConfigurationItemChanged", {
      key: "HeartbeatInterval",
      value: "60",
      rebootRequired: true,
      at: at(1),
    });
    const { state } = given(served, opened(1), change).when("RecordBoot", boot);
    expect(state.rebootRequiredBy).toEqual([]);
    expect(state.openTransactions).toHaveLength(1);
    expect(state).toMatchObject({ protocol: "ocpp1.6", vendor: "Acme", model: "Corp1" });
  });
});

describe("ConfigureChargingStation", () => {
  const evses = [evse(1), evse(2)];
  doneByAddOn("ConfigureChargingStation", { evses });
  it("configures, accepted or not, with the type that it came from", () => {
    given(created)
      .when("ConfigureChargingStation", { evses, stationType })
      .then(happened("ChargingStationConfigured", { evses, stationType, inferred: false }));
  });
  it("keeps what is known of an EVSE when it is configured again", () => {
    const inoperative = happened("AvailabilityChanged", {
      target: { of: "evse", evseId: 2 },
      availability: "inoperative",
      at: at(1),
    });
    const again = given(served, inoperative).when("ConfigureChargingStation", {
      evses: [evse(2), evse(3)],
    });
    expect(again.state.evses).toMatchObject([
      { evseId: 2, availability: "inoperative" },
      { evseId: 3, availability: "operative", status: "unknown" },
    ]);
  });
  it("gives a new EVSE of an inoperative station the station's availability", () => {
    const whole = happened("AvailabilityChanged", {
      target: { of: "station" },
      availability: "inoperative",
      at: at(1),
    });
    const again = given(served, whole).when("ConfigureChargingStation", { evses: [evse(3)] });
    expect(again.state.evses).toMatchObject([{ evseId: 3, availability: "inoperative" }]);
  });
  it("refuses lists that cannot be a station", () => {
    const tell = (list: ReturnType<typeof evse>[]) =>
      given(created).when("ConfigureChargingStation", { evses: list });
    tell([]).thenRefused("EvsesMissing");
    tell([evse(1), evse(1)]).thenRefused("EvseListedTwice");
    const [connector] = evse(1).connectors;
    if (connector === undefined) throw new Error("an EVSE has a connector");
    tell([{ evseId: 1, connectors: [connector, connector] }]).thenRefused("ConnectorListedTwice");
    const onWireTwo = { ...connector, ocpp1ConnectorId: 2 };
    tell([{ evseId: 1, connectors: [onWireTwo] }, evse(2)]).thenRefused("ConnectorListedTwice");
    const onWireThree = { ...connector, ocpp1ConnectorId: 3 };
    tell([{ evseId: 1, connectors: [onWireThree] }, evse(2)]).thenAllowed();
  });
});

describe("ConfigureProvisionally", () => {
  it("assumes one EVSE and says that it is a guess", () => {
    given(created)
      .when("ConfigureProvisionally", {}, motown)
      .then(
        happened("ChargingStationConfigured", {
          evses: [{ evseId: 1, connectors: [{ connectorId: 1, type: "unknown" }] }],
          inferred: true,
        }),
      );
  });
  it("guesses nothing where somebody knows", () => {
    given(served).when("ConfigureProvisionally", {}, motown).thenNothing();
  });
  saidByStation("ConfigureProvisionally", {});
});

describe("RecordEvseSeen", () => {
  const inferred = happened("ChargingStationConfigured", { evses: [evse(1)], inferred: true });
  saidByStation("RecordEvseSeen", { evseId: 2 });
  it("teaches an inferred configuration a further EVSE", () => {
    given(created, inferred)
      .when("RecordEvseSeen", { evseId: 2 })
      .then(
        happened("EvseInferred", {
          evse: { evseId: 2, connectors: [{ connectorId: 1, type: "unknown" }] },
        }),
      );
  });
  it("teaches nothing that is known, and nothing to a configuration that was given", () => {
    given(created, inferred).when("RecordEvseSeen", { evseId: 1 }).thenNothing();
    given(served).when("RecordEvseSeen", { evseId: 3 }).thenNothing();
  });
});

describe("OfferReconfiguration", () => {
  doneByAddOn("OfferReconfiguration", { stationType });
  const offered = happened("ReconfigurationOffered", { stationType });
  it("offers once", () => {
    given(served).when("OfferReconfiguration", { stationType }).then(offered);
    given(served, offered).when("OfferReconfiguration", { stationType }).thenNothing();
  });
  it("offers again after it was configured", () => {
    given(served, offered, configured).when("OfferReconfiguration", { stationType }).then(offered);
  });
});

describe("ReconfigureChargingStation", () => {
  const offered = happened("ReconfigurationOffered", { stationType });
  decidedByOperator("ReconfigureChargingStation", {}, [...served, offered]);
  it("takes the offer up, once", () => {
    const booted = happened("ConfiguredChargingStationBooted", boot);
    const taken = happened("ReconfigurationRequested", { vendor: "Acme", model: "Corp1" });
    const history = [...served, booted, offered];
    given(history).when("ReconfigureChargingStation", {}).then(taken);
    given(history, taken).when("ReconfigureChargingStation", {}).thenRefused("StationNotOffered");
  });
  it("needs an offer", () => {
    given(served).when("ReconfigureChargingStation", {}).thenRefused("StationNotOffered");
  });
});
