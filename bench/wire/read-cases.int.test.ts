import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestMotown, type TestMotown } from "#support/motown";
import { readRoutes } from "./read-cases.ts";

let house: TestMotown;

beforeAll(async () => {
  house = await startTestMotown();
});
afterAll(() => house?.stop());

it("knows what each route that reads needs, so that a new one does not stop the benchmark", async () => {
  const { apiUrl, apiKey } = house;
  const routes = await readRoutes({ apiUrl, apiKey });
  const paths = routes.map(({ path }) => path);
  expect(paths).toContain("/api/v1/transactions");
  expect(paths).toContain("/api/v1/events");
  // They go on for ever, and to the end of a million rows.
  expect(paths).not.toContain("/api/v1/changes");
  expect(paths).not.toContain("/api/v1/transactions.csv");
  const overview = routes.find(({ path }) => path === "/api/v1/overview");
  expect(Object.keys(overview?.needed ?? {})).toEqual(["since"]);
});
