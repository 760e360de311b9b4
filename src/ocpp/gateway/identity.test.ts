import { describe, expect, it } from "vitest";
import { chooseProtocol, guessedId, pathFor, stationIdOf } from "./identity.ts";

describe("the station that a URL names", () => {
  it.each([
    ["/ocpp/CP01", "CP01"],
    ["/OCPP/CP01/", "CP01"],
    ["//ocpp//CP01", "CP01"],
    ["/ocpp/RDAM%7C123", "RDAM|123"],
    ["/ocpp/site/7.2", "site/7.2"],
    ["/ocpp/CP%2001?x=1", "CP 01"],
  ])("%s is %s", (url, stationId) => expect(stationIdOf(url)).toEqual({ stationId }));

  it.each([
    ["/steve/websocket/CentralSystemService/CP01", 1, "CP01"],
    ["/ocpp/tenant/site/7.2/", 2, "site/7.2"],
    ["/a/CP%2001?x=1", 1, "CP 01"],
    ["/ocpp/...", 1, "..."],
  ])("%s by its last %i segments is %s", (url, segments, stationId) =>
    expect(stationIdOf(url, segments)).toEqual({ stationId }),
  );

  it.each([
    "/",
    "/ocpp",
    "/ocpp/",
    "/other/CP01",
    "/ocpp/%ZZ",
    "/ocpp/%00",
    "/ocpp/.",
    "/ocpp/%2E%2E/",
    `/ocpp/${"x".repeat(256)}`,
  ])("%s is refused in words", (url) => expect(stationIdOf(url)).toHaveProperty("wrong"));
});

describe("the URL that would have worked", () => {
  it.each([
    ["/CP01", "/ocpp/CP01"],
    ["/websocket/CentralSystem/CP01", "/ocpp/CP01"],
    ["/RDAM%7C1", "/ocpp/RDAM%7C1"],
    ["/ocpp", "/ocpp/<station id>"],
    ["/", "/ocpp/<station id>"],
    ["/ocpp/%ZZ", "/ocpp/<station id>"],
  ])("for %s is %s", (url, path) => expect(pathFor(guessedId(url))).toBe(path));
});

describe("the version to speak", () => {
  const protocols = ["ocpp2.0.1", "ocpp1.6"];
  it("is the first of ours among those offered", () => {
    const offered = { protocol: "ocpp1.6", offered: true };
    expect(chooseProtocol("ocpp1.5, ocpp1.6", { protocols })).toEqual(offered);
  });
  it("is the default where none is offered or known, and is not answered then", () => {
    const given = { protocols, fallback: "ocpp1.6" };
    const chosen = { protocol: "ocpp1.6", offered: false };
    expect(chooseProtocol(undefined, given)).toEqual(chosen);
    expect(chooseProtocol("ocpp2.0.1.1", given)).toEqual(chosen);
  });
  it("is none, in words, where there is no default", () => {
    expect(chooseProtocol("", { protocols })).toHaveProperty("wrong");
    expect(chooseProtocol("soap", { protocols })).toHaveProperty("wrong");
  });
});
