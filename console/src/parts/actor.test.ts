import { expect, it } from "vitest";
import { actorText } from "./actor.ts";

it("leaves out what all operators have in common, and nothing else", () => {
  expect(actorText("operator:ada")).toBe("ada");
  expect(actorText("operator:api-key:billing")).toBe("api-key:billing");
  expect(actorText("system:ocpp")).toBe("system:ocpp");
});
