import { expect, it } from "vitest";
import { bodyOf, fieldsOf, withStatus } from "./fields.ts";

const at = "2026-05-04T10:00:00.000Z";
const kept = {
  status: "blocked",
  groupToken: "FLEET",
  expiresAt: "2027-01-02T03:04:05.000Z",
  concurrency: 2,
} as const;
const token = { ...kept, tokenRef: "r", createdAt: at, changedAt: at, activeTransactions: 0 };

it("a token goes through the form unchanged, whatever the viewer's zone is", () => {
  expect(bodyOf(fieldsOf(token))).toEqual(kept);
});

it("what is left empty is not said", () => {
  expect(bodyOf(fieldsOf())).toEqual({ status: "accepted" });
  const grouped = { ...fieldsOf(), groupToken: "  A " };
  expect(bodyOf(grouped)).toEqual({ status: "accepted", groupToken: "A" });
});

it("a token that is blocked keeps all else to the millisecond", () => {
  const expiresAt = "2027-01-02T03:04:05.678Z";
  expect(withStatus({ ...token, expiresAt }, "accepted")).toEqual({
    ...{ ...kept, expiresAt, status: "accepted" },
  });
});
