import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { type JsonSchema, selfContained } from "./json-schema.ts";

const kindRef = { $ref: "#/definitions/Kind" };

/** Version 2.0.1 refers to parts of its schemas by name. */
const newer: readonly JsonSchema[] = createRequire(import.meta.url)(
  "ocpp-rpc/lib/schemas/ocpp2_0_1.json",
);

describe("a schema by itself", () => {
  it("has its definitions in the places that name them", () => {
    const kind = { type: "string", enum: ["Soft", "Hard"] };
    const schema: JsonSchema = {
      $id: "urn:Reset.req",
      type: "object",
      definitions: { Kind: kind, Part: { type: "object", properties: { kind: kindRef } } },
      properties: {
        kind: kindRef,
        parts: { type: "array", items: { $ref: "#/definitions/Part" } },
      },
      required: ["kind"],
    };
    const part = { type: "object", properties: { kind } };
    expect(selfContained(schema)).toEqual({
      type: "object",
      properties: { kind, parts: { type: "array", items: part } },
      required: ["kind"],
    });
  });

  it("ends where it contains itself", () => {
    const node = { type: "object", properties: { next: { $ref: "#/definitions/Node" } } };
    const schema: JsonSchema = { ...node, definitions: { Node: node } };
    const next = { type: "object", properties: { next: {} } };
    expect(selfContained(schema)).toEqual({ type: "object", properties: { next } });
  });

  it("is what all schemas of a newer version come to", () => {
    expect(newer.length).toBeGreaterThan(100);
    for (const schema of newer) {
      expect(JSON.stringify(selfContained(schema)), schema.$id).not.toContain("$ref");
    }
  });
});
