import { describe, expect, it } from "vitest";
import { en } from "../../strings/en/index.ts";
import { filled, type Translate } from "../../strings/translate.ts";
import { beginningOf, issuesIn, kindOf, labelOf, type Shape, sent } from "./shape.ts";

const t: Translate = (key, ...[values]) => filled(en[key], values ?? {}, "en");

const reset: Shape = {
  type: "object",
  additionalProperties: false,
  required: ["type", "kind"],
  properties: {
    type: { const: "RequestReset" },
    kind: { anyOf: [{ const: "soft" }, { const: "hard" }] },
    deadlineSeconds: { type: "integer", minimum: 1, maximum: 100 },
    hard: { type: "boolean" },
    note: { type: "string", minLength: 2, maxLength: 4, pattern: "^[a-z]+$" },
    evses: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["id"],
        properties: { id: { type: "integer", minimum: 1 } },
      },
    },
  },
};

it("knows how each shape is asked for", () => {
  const kinds = Object.values(reset.properties ?? {}).map((shape) => kindOf(shape));
  expect(kinds).toEqual(["fixed", "choice", "number", "flag", "text", "list"]);
  expect(kindOf({ type: "object" })).toBe("json");
  expect(kindOf({ type: "string", format: "date-time" })).toBe("instant");
  expect(kindOf({ anyOf: [{ type: "object" }, { type: "null" }] })).toBe("json");
});

it("asks nobody for a word that is needed and has no other, as the API's document writes it", () => {
  const only = { type: "string", enum: ["RequestReset"] };
  expect(kindOf(only)).toBe("fixed");
  expect(kindOf(only, false)).toBe("choice");
  const shape: Shape = {
    type: "object",
    required: ["type"],
    properties: { type: only, like: only },
  };
  expect(beginningOf(shape)).toEqual({ type: "RequestReset" });
});

it("begins with what cannot be otherwise", () => {
  expect(beginningOf(reset)).toEqual({ type: "RequestReset" });
  expect(beginningOf({ type: "array", minItems: 1, items: reset })).toEqual([
    { type: "RequestReset" },
  ]);
});

it("sends nothing that was left empty", () => {
  const value = { type: "RequestReset", note: "", evses: [{ id: undefined }], flag: false };
  expect(sent(value)).toEqual({ type: "RequestReset", evses: [{}], flag: false });
});

describe("what is wrong", () => {
  const good = { type: "RequestReset", kind: "soft" };
  it.each<[object, string, string]>([
    [{ type: "RequestReset" }, "/kind", "is needed"],
    [{ ...good, deadlineSeconds: 0 }, "/deadlineSeconds", "must be at least 1"],
    [{ ...good, deadlineSeconds: 101 }, "/deadlineSeconds", "must be at most 100"],
    [{ ...good, deadlineSeconds: "x" }, "/deadlineSeconds", "must be a number"],
    [{ ...good, deadlineSeconds: 1.5 }, "/deadlineSeconds", "must be a whole number"],
    [{ ...good, kind: "Soft" }, "/kind", "must be one of: soft, hard"],
    [{ ...good, kind: 5 }, "/kind", "must be one of: soft, hard"],
    [{ ...good, hard: "yes" }, "/hard", "must be true or false"],
    [{ ...good, note: 5 }, "/note", "must be a text"],
    [{ ...good, evses: { id: 1 } }, "/evses", "must be a list"],
    [{ ...good, loud: 1 }, "/", "loud is not known here"],
    [{ ...good, loud: 1, by: "me" }, "/", "loud, by are not known here"],
    [{ ...good, note: "a" }, "/note", "needs at least 2 characters"],
    [{ ...good, note: "abcde" }, "/note", "may have 4 characters"],
    [{ ...good, note: "AB" }, "/note", "does not have the form that is needed"],
    [{ ...good, evses: [{ id: 1 }, {}] }, "/evses/1/id", "is needed"],
  ])("%j", (value, path, message) => {
    expect(issuesIn(reset, value, t)).toEqual([{ path, message }]);
  });

  it.each([null, 5, "x", [1]])("is that %j is no object", (value) => {
    expect(issuesIn(reset, value, t)).toEqual([{ path: "/", message: "must be an object" }]);
  });

  it("is nothing where all is well", () => {
    expect(issuesIn(reset, { ...good, evses: [{ id: 1 }], note: "abc" }, t)).toEqual([]);
  });

  it("is that none was named of those of which one is needed", () => {
    const stop: Shape = {
      ...{ type: "object", "x-needs-one-of": ["a", "b"] },
      properties: { a: { type: "string" }, b: { type: "integer" } },
    };
    expect(issuesIn(stop, {}, t)).toEqual([{ path: "/a", message: "one of a, b is needed" }]);
    expect(issuesIn(stop, { b: 1 }, t)).toEqual([]);
  });
});

it("reads names aloud", () => {
  expect(labelOf("chargingProfilePurpose")).toBe("Charging profile purpose");
  expect(labelOf("evseId")).toBe("EVSE id");
});
