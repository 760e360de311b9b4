import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { clientText, consoleClient } from "./gen-console-client.ts";

it("has written what the API says today", async () => {
  const written = readFileSync(new URL(`../${consoleClient.file}`, import.meta.url), "utf8");
  expect(await consoleClient.text(), "npm run gen").toBe(written);
});

it("says what is needed, what may be left out, and what words there are", () => {
  const text = clientText({
    components: { schemas: { Problem: { type: "object", properties: {} } } },
    paths: {
      "/things/{id}": {
        get: {
          operationId: "getThingsById",
          summary: "Shows a thing",
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "string" } },
            { name: "of", in: "query", schema: { enum: ["a", "b"] } },
          ],
          responses: {
            200: { content: { json: { schema: { type: "array", items: { type: "integer" } } } } },
            404: { content: { json: { schema: { $ref: "#/components/schemas/Problem" } } } },
          },
        },
      },
    },
  });
  expect(text).toContain("readonly id: string;");
  expect(text).toContain('readonly of?: "a" | "b" | undefined;');
  expect(text).toContain("answer: readonly (number)[];");
  expect(text).toContain('getThingsById: ["GET", "/things/{id}"],');
});
