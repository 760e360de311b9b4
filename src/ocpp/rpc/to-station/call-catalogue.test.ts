import { describe, expect, it } from "vitest";
import { versions } from "../../versions.ts";
import { createCallCatalogue } from "./call-catalogue.ts";
import { createCallRules } from "./own-calls.ts";

const catalogue = createCallCatalogue(versions);
const rules = createCallRules(versions);

describe.each(versions)("calls of one's own in $protocol", ({ protocol, messages }) => {
  const actions = catalogue.actionsOf(protocol) ?? [];

  it("are those that the rules let out, and no others", () => {
    const named = new Set(actions.map(({ action }) => action));
    for (const action of Object.keys(messages)) {
      const fault = rules.faultOf({ protocol, action, payload: {} });
      expect(named.has(action), action).toBe(fault?.path !== "/action");
    }
    expect(named.has("Heartbeat")).toBe(false);
    expect(named.has("Reset")).toBe(true);
  });

  it("have schemas of their own, which say where they stand", () => {
    for (const { action, spec } of actions) {
      const schemas = catalogue.schemasOf({ protocol, action });
      expect(schemas?.request, action).toMatchObject({ type: "object" });
      expect(schemas?.response, action).toMatchObject({ type: "object" });
      expect(JSON.stringify(schemas), action).not.toMatch(/\$ref|\$id|\$schema/);
      expect(spec, action).toMatch(/^OCPP /);
    }
  });
});

it("knows nothing of protocols and actions that are not spoken", () => {
  expect(catalogue.protocols).toEqual(versions.map(({ protocol }) => protocol));
  expect(catalogue.actionsOf("ocpp0.1")).toBeUndefined();
  expect(catalogue.schemasOf({ protocol: "ocpp1.6", action: "Heartbeat" })).toBeUndefined();
  expect(catalogue.schemasOf({ protocol: "ocpp1.6", action: "constructor" })).toBeUndefined();
});
