import { describe, expect, it } from "vitest";
import { countedFrom, givenStation, opened, served } from "#support/station-history";
import { happened } from "#support/story";
import { motown } from "#support/story/actors";
import { doneByMotown } from "#support/story/guards";
import { isOwnNumber, nextTransactionNumber } from "./transactions.ts";

const given = givenStation;
const by = 1_000_000;

describe("SkipNumbers", () => {
  doneByMotown("SkipNumbers", { by });
  it("gives the next transaction a number that was never given", () => {
    const { state, ...ending } = given(served, opened(1)).when("SkipNumbers", { by }, motown);
    ending.then(happened("NumbersSkipped", { by }));
    expect(nextTransactionNumber(state)).toBe(countedFrom + 1 + by + 1);
    expect(state.openTransactions).toMatchObject([{ transactionNumber: countedFrom + 1 }]);
  });
  it("knows the numbers between as the station's own", () => {
    const { state } = given(served, opened(1)).when("SkipNumbers", { by }, motown);
    expect(isOwnNumber(state, countedFrom + 1 + by)).toBe(true);
    expect(isOwnNumber(state, countedFrom + 1 + by + 1)).toBe(false);
  });
  it("gives the next reservation a number that was never given", () => {
    const { state } = given(served).when("SkipNumbers", { by }, motown);
    expect(state.reservationCount).toBe(by);
  });
});
