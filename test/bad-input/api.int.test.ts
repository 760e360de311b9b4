// What clients of the API send wrong: a problem document that names the field, and nothing done.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HouseWithStations, houseWithStations } from "#support/station-clients";

let house: HouseWithStations;
beforeAll(async () => {
  house = await houseWithStations({ limits: { apiBodyBytesMax: 10_000 } });
  await house.admit("CP-1");
});
afterAll(() => house.stop());

const stations = "/api/v1/charging-stations";

/** Sends a body as it is. */
async function sends(method: string, path: string, given: { body?: string; type?: string }) {
  const { body = null, type } = given;
  const response = await fetch(house.apiUrl + path, {
    method,
    body,
    headers: {
      authorization: `Bearer ${house.apiKey}`,
      ...(type === undefined ? {} : { "content-type": type }),
    },
  });
  const document = (await response.json()) as Record<string, unknown>;
  return { status: response.status, body: document, headers: response.headers };
}

type Answer = Awaited<ReturnType<typeof sends>>;

/** A problem document, and the fields that it names. */
function problem(answer: { status: number; body: unknown; headers: Headers }): readonly unknown[] {
  const { body, headers, status } = answer as Answer;
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(headers.get("content-type")).toContain("application/problem+json");
  expect(body).toMatchObject({ status, code: expect.any(String), title: expect.any(String) });
  const issues = (body.issues ?? []) as readonly { path: string; message: string }[];
  for (const { message } of issues) expect(message).not.toBe("");
  return issues.map(({ path }) => path);
}

const untouched = async () => {
  await house.idle();
  expect((await house.list(stations)).map(({ stationId }) => stationId)).toEqual(["CP-1"]);
};

describe("a body", () => {
  it.each([
    ["with an unknown field", { stationId: "X", colour: "red" }, "/colour"],
    ["without a needed field", { accepted: true }, "/stationId"],
    ["with a wrong type", { stationId: 7 }, "/stationId"],
    ["with a wrong type inside", { stationId: "X", evses: [{ evseId: "1" }] }, "/evses/0/evseId"],
    ["with too short a text", { stationId: "X", password: "short" }, "/password"],
    ["with half a character", { stationId: "a\ud83d" }, "/stationId"],
    [
      "with a number beyond counting",
      { stationId: "X", evses: [{ evseId: 1e21 }] },
      "/evses/0/evseId",
    ],
    ["with an id of control characters", { stationId: "a\u0000b" }, "/stationId"],
  ])("%s is refused by its name, and nothing is done", async (_what, body, path) => {
    expect(problem(await house.api("POST", stations, body))).toContain(path);
    await untouched();
  });

  it.each([
    ["that breaks off", '{"stationId":', "application/json", 400],
    ["that is empty", "", "application/json", 400],
    ["that is no object", "[]", "application/json", 400],
    ["that is null", "null", "application/json", 400],
    ["that is a form", "stationId=X", "application/x-www-form-urlencoded", 415],
    ["that is a text", '{"stationId":"X"}', "text/plain", 415],
    ["that is too large", `{"stationId":"${"x".repeat(20_000)}"}`, "application/json", 413],
    ["with a prototype", '{"stationId":"X","__proto__":{"a":1}}', "application/json", 400],
  ])("%s is refused with %s", async (_what, body, type, status) => {
    const answer = await sends("POST", stations, { body, type });
    problem(answer);
    expect(answer.status).toBe(status);
    await untouched();
  });

  it.each([
    [{ type: "RequestReset", kind: "warm" }, "/kind"],
    [{ type: "RequestReset", kind: "soft", evseId: 1 }, "/evseId"],
    [{ type: "RequestCoffee" }, "/type"],
    [{ type: "constructor" }, "/type"],
    [{ kind: "soft" }, "/type"],
    [{ type: "RequestUnlockEvse", evseId: 0 }, "/evseId"],
    [{ type: "RequestUnlockEvse", evseId: 1.5 }, "/evseId"],
    [{ type: "RequestReserveNow", identifyingToken: "T", expiresAt: "tomorrow" }, "/expiresAt"],
    [{ type: "RequestConfigurationItems", keys: "all" }, "/keys"],
    [{ type: "RequestStopTransaction" }, "/transactionId"],
    [{ type: "RequestClearCache", deadlineSeconds: -1 }, "/deadlineSeconds"],
    [{ type: "RequestClearCache", validUntil: "soon" }, "/validUntil"],
  ])("of a request %j names %s", async (body, path) => {
    expect(problem(await house.api("POST", `${stations}/CP-1/requests`, body))).toContain(path);
    expect(await house.list(`${stations}/CP-1/requests`)).toEqual([]);
  });

  it("of a call that its version's schema refuses is refused, and not sent", async () => {
    const station = await house.connect("CP-1");
    const body = { type: "RequestOcppCall", action: "Reset", payload: { type: "Warm" } };
    const answer = await house.api("POST", `${stations}/CP-1/requests`, body, { prefer: "wait=4" });
    expect(JSON.stringify(answer.body)).toMatch(/type|Warm/);
    expect(answer.status === 200 ? answer.body.outcome : "refused").not.toBe("accepted");
    expect(station.received).toEqual([]);
  });

  it.each([
    ["PUT", "/api/v1/tokens/T", { status: "maybe" }, "/status"],
    ["PUT", "/api/v1/tokens/T", { status: "accepted", concurrency: "two" }, "/concurrency"],
    ["PUT", "/api/v1/tokens/T", { status: "accepted", expiresAt: "2026-13-01" }, "/expiresAt"],
    ["PUT", "/api/v1/station-types/Acme/One", { evses: "two" }, "/evses"],
    ["PUT", `${stations}/CP-1/password`, { password: 7 }, "/password"],
    ["POST", "/api/v1/api-keys", { name: "" }, "/name"],
    ["POST", "/api/v1/users", { user: "ada", administrator: "yes" }, "/administrator"],
  ])("of %s %s %j names %s", async (method, path, body, field) => {
    expect(problem(await house.api(method, path, body))).toContain(field);
  });
});

describe("a query", () => {
  it.each([
    [`${stations}?colour=red`, "/colour"],
    [`${stations}?accepted=perhaps`, "/accepted"],
    [`${stations}?state=asleep`, "/state"],
    [`${stations}?limit=0`, "/limit"],
    [`${stations}?limit=many`, "/limit"],
    [`${stations}?after=nonsense`, "/after"],
    [`${stations}?order=beauty`, "/order"],
    [`${stations}/CP-1/transactions?evseId=one`, "/evseId"],
    [`${stations}/CP-1/events?after=nonsense`, "/after"],
    ["/api/v1/transactions?startedAtFrom=yesterday", "/startedAtFrom"],
    ["/api/v1/events?after=nonsense", "/after"],
    ["/api/v1/requests?outcome=perfect", "/outcome"],
  ])("%s is refused, naming %s", async (path, field) => {
    expect(problem(await house.api("GET", path))).toContain(field);
  });

  it("may ask every list for each order that it offers", async () => {
    const { paths } = await house.get("/openapi.json");
    type Parameter = { name: string; in: string; schema: { enum?: readonly string[] } };
    const asked: string[] = [];
    for (const [path, { get }] of Object.entries(
      paths as Record<string, { get?: { parameters?: readonly Parameter[] } }>,
    )) {
      const order = get?.parameters?.find(({ name }) => name === "order");
      for (const word of order?.schema.enum ?? []) {
        asked.push(`${path.replace("{stationId}", "CP-1").replace(/\{\w+\}/, "x")}?order=${word}`);
      }
    }
    expect(asked.length).toBeGreaterThan(30);
    for (const path of asked) {
      expect((await house.api("GET", path)).status, path).toBeLessThan(300);
    }
  });
});

describe("a path", () => {
  it.each([
    ["GET", "/api/v1/nothing", 404],
    ["GET", `${stations}/GHOST`, 404],
    ["GET", `${stations}/${"x".repeat(300)}`, 400],
    ["GET", `${stations}/%ZZ`, 400],
    ["DELETE", stations, 405],
    ["GET", "/api/v1/transactions/none", 404],
    ["GET", "/api/v1/tokens/none", 404],
  ])("%s %s is answered %s, as a problem", async (method, path, status) => {
    const answer = await house.api(method, path);
    problem(answer);
    expect(answer.status).toBe(status);
  });

  it("is open to no one without a key, and says how to come in", async () => {
    for (const authorization of ["", "Bearer wrong", "Basic eDp5", "Bearer "]) {
      const response = await fetch(house.apiUrl + stations, { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
    }
  });
});
