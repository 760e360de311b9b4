// Who may stop: the token that started, one of its group, or (a fact, but flagged) anybody: §4.10.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ConformanceHouse, conformanceHouse, starts, stops } from "#support/conformance";

let house: ConformanceHouse;
beforeAll(async () => {
  house = await conformanceHouse();
  for (const uid of ["MINE", "YOURS"]) {
    await house.token(uid, { status: "accepted", groupToken: "FAMILY" });
  }
  await house.token("STRANGER");
});
afterEach(() => house.judge());
afterAll(() => house?.stop());

async function stoppedBy(stationId: string, idTag: string) {
  const station = await house.served(stationId);
  const { transactionId, idTagInfo } = await starts(station, { idTag: "MINE" });
  expect(idTagInfo).toEqual({ status: "Accepted", parentIdTag: "FAMILY" });
  const answer = await stops(station, { transactionId, idTag, reason: "Local" });
  return { answer, session: await house.transaction(stationId) };
}

describe("StopTransaction with a token", () => {
  it("TC_068 the token that started stops it", async () => {
    const { answer, session } = await stoppedBy("TC-068", "MINE");
    expect(answer).toEqual({ idTagInfo: { status: "Accepted", parentIdTag: "FAMILY" } });
    expect(session).toMatchObject({ state: "ended", reviews: [] });
  });

  it("TC_069 another token of its group stops it", async () => {
    const { answer, session } = await stoppedBy("TC-069", "YOURS");
    expect(answer).toEqual({ idTagInfo: { status: "Accepted", parentIdTag: "FAMILY" } });
    expect(session).toMatchObject({ state: "ended", reviews: [] });
  });

  it("TC_069 a token of no such group stops it all the same, and it is flagged", async () => {
    const { answer, session } = await stoppedBy("TC-069-stranger", "STRANGER");
    expect(answer).toEqual({ idTagInfo: { status: "Accepted" } });
    expect(session.state).toBe("ended");
    expect(session.reviews).not.toEqual([]);
  });
});
