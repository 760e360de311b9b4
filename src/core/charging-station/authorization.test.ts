import { describe, expect, it } from "vitest";
import { at, created, givenStation, served } from "#support/station-history";
import { happened } from "#support/story";
import { decidedByOperator, saidByStation } from "#support/story/guards";

const given = givenStation;

describe("RecordAuthorization", () => {
  const question = { tokenRef: "token-1", at: at(1) };
  const answer = { status: "accepted" as const, provider: "local", groupTokenRef: "group-1" };
  saidByStation("RecordAuthorization", { ...question, answer });
  it("keeps the question and its answer, whatever it was", () => {
    for (const status of ["accepted", "blocked", "expired", "invalid"] as const) {
      const result = { ...answer, status };
      given(served)
        .when("RecordAuthorization", { ...question, answer: result })
        .then(
          happened("AuthorizationRequested", question),
          happened("AuthorizationAnswered", { ...question, answer: result }),
        );
    }
  });
});

describe("SetAuthorizationProviders", () => {
  const providers = ["http", "local"];
  const set = happened("AuthorizationProvidersSet", { providers });
  decidedByOperator("SetAuthorizationProviders", { providers });
  it("sets who is asked, in which order", () => {
    const { state, ...ending } = given(created).when("SetAuthorizationProviders", { providers });
    ending.then(set);
    expect(state.authorizationProviders).toEqual(["http", "local"]);
  });
  it("goes back to the default by an empty list", () => {
    const none = { providers: [] };
    const { state, ...ending } = given(created, set).when("SetAuthorizationProviders", none);
    ending.then(happened("AuthorizationProvidersSet", none));
    expect(state.authorizationProviders).toBeUndefined();
  });
  it("changes nothing where nothing changes", () => {
    given(created, set).when("SetAuthorizationProviders", { providers }).thenNothing();
    given(created).when("SetAuthorizationProviders", { providers: [] }).thenNothing();
    const turned = { providers: ["local", "http"] };
    given(created, set).when("SetAuthorizationProviders", turned).thenAllowed();
  });
});
