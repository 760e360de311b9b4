import { describe, expect, it } from "vitest";
import { Refused } from "../api/problem.ts";
import { mayPass } from "../api/use-answer.ts";
import { en } from "../strings/en/index.ts";
import { filled, type Translate } from "../strings/translate.ts";
import { reasonOf, unanswered, unlessRefused, whereAllowed } from "./verdict.ts";

const t: Translate = (key, ...[values]) => filled(en[key], values ?? {}, "en");
const operation = "deleteThings";
const refusal = { operation, permission: "EraseThing", code: "NotPermitted", reason: "No." };

describe("where the API names what may not be", () => {
  const list = [{ ...refusal, when: { erase: true } }];

  it("it is refused by what its request would say, and nothing else is", () => {
    const asked = (says?: object) => unlessRefused(list, { operation, says: says as never }, t);
    expect(asked({ erase: true }).allowed).toBe(false);
    expect(asked({ erase: false })).toEqual({ allowed: true, why: "" });
    expect(asked().allowed).toBe(true);
    expect(unlessRefused(list, { operation: "other", says: { erase: true } }, t).allowed).toBe(
      true,
    );
    expect(unlessRefused([refusal], { operation }, t).allowed).toBe(false);
  });

  it("the reason names the permission, in words", () => {
    expect(unlessRefused(list, { operation, says: { erase: true } }, t).why).toBe(
      "Your account may not do this: it needs the permission EraseThing. (NotPermitted)",
    );
  });
});

describe("where the API names what may and what may not be", () => {
  const kind = (name: string, allowed: boolean) => ({
    ...{ operation, when: { type: "Reset", kind: name }, allowed },
    ...(allowed ? {} : { code: "MoonTooFull", reason: "The moon is too full." }),
  });

  it("a kind that is not chosen yet is open, and one that is chosen is asked for", () => {
    const list = [kind("soft", false), kind("hard", true)];
    const asked = (says: object) => whereAllowed(list, { operation, says: says as never }, t);
    expect(asked({ type: "Reset" }).allowed).toBe(true);
    expect(asked({ type: "Reset", kind: "hard" }).allowed).toBe(true);
    expect(asked({ type: "Reset", kind: "soft" })).toEqual({
      ...{ allowed: false, why: "The moon is too full. (MoonTooFull)" },
    });
  });

  it("what it says nothing of is not allowed, and that is said", () => {
    const asked = whereAllowed([kind("soft", true)], { operation, says: { type: "Fly" } }, t);
    expect(asked).toEqual({ allowed: false, why: t("rights.unsaid") });
  });
});

describe("while the API has said nothing", () => {
  it("it is said whether the answer is on its way, or why it did not come", () => {
    expect(unanswered(undefined, false, t).why).toBe(t("rights.asking"));
    const away = { code: "Unreachable", title: "away" } as const;
    const words = unanswered(away, true, t);
    expect(words.allowed).toBe(false);
    expect(words.why).toContain("(Unreachable)");
    expect(words.why).toContain(t("rights.again"));
    expect(unanswered(away, false, t).why).not.toContain(t("rights.again"));
  });

  it("it is asked again where that may pass by itself", () => {
    const problem = (status: number) =>
      new Refused({ type: "", title: "", status, code: "InternalError" });
    expect([500, 503, 404, 403].map((status) => mayPass(problem(status)))).toEqual([
      ...[true, true, false, false],
    ]);
    expect(mayPass(new Refused({ code: "Unreachable", title: "" }))).toBe(true);
    expect(mayPass(new TypeError("a mistake"))).toBe(false);
  });
});

it("a reason without a code is the server's sentence", () => {
  expect(reasonOf({ reason: "So it is." }, t)).toBe("So it is.");
});
