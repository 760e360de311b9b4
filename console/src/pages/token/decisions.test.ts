import { expect, it } from "vitest";
import { decisionsIn } from "./decisions.ts";

const event = (version: number, type: string, data: object = {}) => ({
  ...{ cursor: `0-${version}`, type, schema: 1, stream: "token/r", version, data },
  meta: {
    recordedAt: `2026-05-04T10:00:0${version}.000Z`,
    actor: { kind: "operator", id: "ada" },
  },
});

it("decisions about a token are told the latest first, and without what is none", () => {
  const decisions = decisionsIn([
    event(1, "TokenSet", { status: "accepted", groupToken: "FLEET" }),
    event(2, "TokenRemoved"),
    event(3, "TokenErased"),
  ]);
  expect(decisions).toEqual([
    { version: 2, at: "2026-05-04T10:00:02.000Z", by: "ada" },
    {
      ...{ version: 1, at: "2026-05-04T10:00:01.000Z", by: "ada" },
      set: { status: "accepted", groupToken: "FLEET" },
    },
  ]);
});
