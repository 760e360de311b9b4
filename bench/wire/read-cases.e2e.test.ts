// Each read of the benchmark is one that the API answers: a small network, every list with every
// filter, order and search, once.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Server } from "../process/server.ts";
import { seededLog, startSeeded } from "../seeded/log-file-seeded.ts";
import { prepareOffice } from "./office.ts";
import { readCases } from "./read-cases.ts";

let server: Server;

beforeAll(async () => {
  server = await startSeeded(await seededLog({ stations: 20, sessions: 200 }));
}, 120_000);
afterAll(() => server?.stop());

it("is answered, whatever lists are narrowed and ordered by", { timeout: 120_000 }, async () => {
  await prepareOffice(server);
  const cases = await readCases(server);
  const headers = { authorization: `Bearer ${server.apiKey}` };
  const failed: string[] = [];
  for (const { url } of cases) {
    const answer = await fetch(`${server.apiUrl}${url}`, { headers });
    const text = await answer.text();
    if (answer.status !== 200) failed.push(`${url}: ${answer.status} ${text}`);
  }
  expect(failed).toEqual([]);
  expect(cases.length).toBeGreaterThan(1_000);
});
