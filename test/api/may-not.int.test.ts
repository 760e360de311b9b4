// Goal: what the API says beforehand that somebody may not do is what it then refuses him, and
// nothing else is. Method: every operation of its document is asked for, by callers of few and of
// many permissions; those of a station in each way that its own `allowed` names, at a new station.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stationActor, toTransaction } from "#core";
import { type Answered, administratorKey, basic, openApi, type TestApi } from "#support/api";
import { chanceOf } from "../fuzz/generate/chance.ts";
import { type Schema, valueFor } from "../fuzz/generate/schema.ts";

type Titled = Schema & { readonly title?: string };
type Says = Readonly<Record<string, string | boolean>>;
interface MayNot {
  readonly operation: string;
  readonly when?: Says;
  readonly permission?: string;
  readonly code: string;
}
interface Allowed extends MayNot {
  readonly permission: string;
  readonly allowed: boolean;
}
interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly schema: Schema | undefined;
}
interface Caller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As a permission on one station names him. */
  readonly id?: string;
}

let api: TestApi;
let operations: ReadonlyMap<string, Operation>;
beforeAll(async () => {
  api = await openApi({ passwordChecksInFlightMax: 100 });
  operations = operationsIn((await api.get("/openapi.json")).body);
});
afterAll(() => api.close());

/** All but those that are open to anybody. */
function operationsIn(document: ReturnType<typeof JSON.parse>): typeof operations {
  const found = new Map<string, Operation>();
  for (const [path, methods] of Object.entries<Record<string, Answered["body"]>>(document.paths)) {
    for (const [method, { operationId, requestBody, security }] of Object.entries(methods)) {
      if (security.length === 0) continue;
      const schema = requestBody?.content["application/json"].schema;
      const name = method.toUpperCase() as Operation["method"];
      found.set(operationId, { method: name, path, schema });
    }
  }
  return found;
}

/** A key that holds these permissions. */
async function key(name: string, permissions: readonly string[]): Promise<Caller> {
  const { body } = await api.post("/api/v1/api-keys", { name, permissions });
  const headers = { authorization: `Bearer ${body.apiKey}` };
  return { name, headers, id: `api-key:${body.apiKeyId}` };
}

/** Callers of no permissions, of a few of each kind, of all of them. */
async function callers(): Promise<readonly Caller[]> {
  const half = ["SetToken", "EraseToken", "SkipAddOnEvent", "RemoveStationType"];
  const other = ["RemoveToken", "ReleaseAddOnEvent", "DefineStationType", "CreateChargingStation"];
  const atStations = ["RequestReset.soft", "RequestChangeAvailability", "EndTransaction"];
  const decisions = ["AcceptChargingStation", "MakeChargingStationNotReservable", "SettleReview"];
  const administrator = { authorization: `Bearer ${administratorKey}` };
  return [
    await key("nobody", []),
    await key("half", [...half, ...atStations, "WithdrawRequest"]),
    await key("the other half", [...other, ...decisions, "SetStationPassword"]),
    await key("anything that can be permitted", ["AllPermissions"]),
    { name: "administrator", headers: administrator },
  ];
}

const evse = { evseId: 1, connectors: [{ connectorId: 1, type: "T2" }] };

type Parts = Readonly<Record<string, string>>;

/** Things that an address names: each is made for the one who asks. */
const makers: Readonly<Record<string, (name: string) => Promise<string>>> = {
  uid: async (name) => {
    await api.put(`/api/v1/tokens/${name}`, { status: "accepted" });
    return name;
  },
  user: async (user) => {
    await api.post("/api/v1/users", { user });
    return user;
  },
  model: async (model) => {
    await api.put(`/api/v1/station-types/x/${model}`, { evses: [evse] });
    return model;
  },
  apiKeyId: async (name) => (await api.post("/api/v1/api-keys", { name })).body.apiKeyId,
};

/** Parts of an address, and the id of a station that nobody has registered yet. */
async function partsFor({ method, path }: Operation, count: number): Promise<Parts> {
  const made: Record<string, string> = { fresh: `NEW-${count}` };
  if (method === "GET") return made;
  for (const [name, make] of Object.entries(makers)) {
    if (path.includes(`{${name}}`)) made[name] = await make(`${name}-${count}`);
  }
  return made;
}

/** A station that is served, with a session, and a request that waits for it. */
async function stationFor(count: number): Promise<Parts> {
  const [stationId, transactionId] = [`CP-${count}`, `t-${count}`];
  const at = api.environment.clock.now();
  const started = { station: `cp-${count}`, evseId: 1, startedAt: at, at };
  await api.post("/api/v1/charging-stations", { stationId, accepted: true, evses: [evse] });
  await api.bus.commands.execute({
    actor: stationActor(stationId),
    station: `cp-${count}`,
    commands: [
      toTransaction(transactionId, "RecordTransactionStarted", { ...started, reviews: [] }),
    ],
  });
  const request = { type: "RequestClearCache", validUntil: "2030-01-01T00:00:00Z" };
  const asked = await api.post(`/api/v1/charging-stations/${stationId}/requests`, request);
  return { stationId, transactionId, requestId: asked.body.requestId };
}

/** Values that mean something where they go. */
const known: Readonly<Record<string, unknown>> = {
  ...{ permissions: ["SetToken"], permission: "SetToken", user: "somebody" },
  ...{ evses: [evse], configuration: undefined, quirks: {}, payload: {}, action: "Reset" },
  ...{ vendor: undefined, model: undefined, password: "a password that is long" },
};

/** A body by the schema, that says what it has to. */
function bodyFor(
  schema: Schema,
  seed: number,
  { parts, says }: { readonly parts: Parts; readonly says: Says },
): unknown {
  const { type } = says;
  const shape = schema.oneOf?.find((one: Titled) => one.title === type) ?? schema;
  const making = { chance: chanceOf(seed), root: shape, breakOnceIn: 0 };
  const made = valueFor(making, shape) as Record<string, unknown>;
  const words: Readonly<Record<string, unknown>> = { ...known, stationId: parts.fresh };
  const fitting = Object.keys(words).filter((name) => Object.hasOwn(shape.properties ?? {}, name));
  const meant = Object.fromEntries(fitting.map((name) => [name, words[name]]));
  return { ...made, ...meant, ...says };
}

const seedsMax = 60;

/** Asks for an operation, in different words until they are not refused for their form. */
async function ask(
  caller: Caller,
  operation: Operation,
  given: { readonly parts: Parts; readonly says: Says },
): Promise<Answered> {
  const { method, path, schema } = operation;
  const { parts, says } = given;
  const filled = path.replace(/\{(\w+)\}/g, (_all, name) => encodeURIComponent(parts[name] ?? "x"));
  // What never ends is asked for something that it refuses, once somebody was let in.
  const endless = path === "/api/v1/changes" ? "?after=x" : "";
  const query = schema === undefined ? new URLSearchParams(says as Record<string, string>) : "";
  const url = `${filled}${endless}${query === "" || query.size === 0 ? "" : `?${query}`}`;
  let answered: Answered | undefined;
  for (let seed = 1; seed <= seedsMax; seed++) {
    const body = schema === undefined ? undefined : bodyFor(schema, seed, given);
    answered = await api.ask(method, url, { headers: caller.headers, body });
    if (answered.status !== 400 || schema === undefined) break;
  }
  if (answered === undefined) throw new Error("nothing was asked");
  const about = `${caller.name}: ${method} ${url} ${answered.text}`;
  expect(answered.body?.code, about).not.toBe("BodyInvalid");
  expect(answered.status, about).toBeLessThan(500);
  return answered;
}

/** The code of what is not permitted; anything else is another matter. */
const refusalIn = ({ status, body }: Answered) => (status === 403 ? body.code : undefined);

const isOf = ({ when = {} }: MayNot, says: Says) =>
  Object.entries(when).every(([name, value]) => says[name] === value);

/** Ways in which an operation can be asked for, where its permission depends on them. */
const ways: Readonly<Record<string, readonly Says[]>> = {
  deleteTokensByUid: [{ erase: false }, { erase: true }],
};

/** Those that a station's own list tells of. */
async function stationOperations(): Promise<ReadonlySet<string>> {
  const { stationId } = await stationFor(0);
  const { body } = await api.get(`/api/v1/charging-stations/${stationId}/allowed`);
  return new Set(body.commands.map(({ operation }: Allowed) => operation));
}

const mayNotOf = async ({ headers }: Caller): Promise<readonly MayNot[]> =>
  (await api.ask("GET", "/api/v1/me", { headers })).body.mayNot;

describe("what somebody may not do", { timeout: 60_000 }, () => {
  it("is what he is refused, of all that the API offers, and nothing else is", async () => {
    const ofStations = await stationOperations();
    const others = [...operations].filter(([name]) => !ofStations.has(name));
    expect(others.length).toBeGreaterThan(70);
    let count = 0;
    for (const caller of await callers()) {
      const mayNot = await mayNotOf(caller);
      const refused = new Map<string, string | undefined>();
      for (const [name, operation] of others) {
        for (const says of ways[name] ?? [{}]) {
          count += 1;
          const parts = await partsFor(operation, count);
          const said = mayNot.find((one) => one.operation === name && isOf(one, says))?.code;
          const answer = await ask(caller, operation, { parts, says });
          expect(refusalIn(answer), `${caller.name}: ${name} ${answer.text}`).toBe(said);
          if (said !== undefined) refused.set(name, said);
        }
      }
      // It says nothing of what there is not.
      expect(new Set(mayNot.map(({ operation }) => operation))).toEqual(new Set(refused.keys()));
    }
  });

  it("is everything but the choice of a password for who came with one for once", async () => {
    const { body } = await api.post("/api/v1/users", { user: "newcomer" });
    const headers = basic("newcomer", body.oneTimePassword);
    const caller = { name: "newcomer", headers };
    const mayNot = await mayNotOf(caller);
    const may = [...operations.keys()].filter(
      (name) => !mayNot.some(({ operation }) => operation === name),
    );
    expect(may.sort()).toEqual(["deleteSession", "getMe", "putMePassword"]);
    for (const { operation, code } of mayNot) {
      const asked = operations.get(operation);
      if (asked === undefined) throw new Error(`there is no ${operation}`);
      const { method, path } = asked;
      const answer = await api.ask(method, path.replace(/\{\w+\}/g, "x"), { headers });
      expect(refusalIn(answer), operation).toBe(code);
    }
  });

  it("names the permission that would do, and that one does", async () => {
    const nobody = await key("learns", []);
    const wanted = (await mayNotOf(nobody)).find(
      ({ operation, when }) => operation === "deleteTokensByUid" && when?.erase === true,
    );
    expect(wanted).toMatchObject({ code: "NotPermitted", permission: "EraseToken" });
    const permitted = await key("has learnt", [wanted?.permission ?? ""]);
    const left = (await mayNotOf(permitted)).filter(
      ({ operation }) => operation === "deleteTokensByUid",
    );
    expect(left).toMatchObject([{ when: { erase: false }, permission: "RemoveToken" }]);
  });
});

const permittedHere = "RequestClearCache";

/** Permits somebody something on one station. */
async function permit({ id: user }: Caller, { stationId }: Parts): Promise<void> {
  if (user === undefined) return;
  const body = { type: "GrantPermission", user, permission: permittedHere };
  expect((await api.post(`/api/v1/charging-stations/${stationId}/commands`, body)).status).toBe(
    200,
  );
}

it("what a station allows is what is then done, way by way", { timeout: 60_000 }, async () => {
  let count = 1_000;
  for (const caller of await callers()) {
    const seen = { allowed: 0, refused: 0 };
    let parts: Parts | undefined;
    for (let at = 0, all = 1; at < all; at++) {
      if (parts === undefined) {
        count += 1;
        parts = await stationFor(count);
        await permit(caller, parts);
      }
      const { headers } = caller;
      const path = `/api/v1/charging-stations/${parts.stationId}/allowed`;
      const list = (await api.ask("GET", path, { headers })).body.commands;
      all = list.length;
      const { operation, when = {}, permission, allowed, code } = list[at] as Allowed;
      const asked = operations.get(operation);
      if (asked === undefined) throw new Error(`there is no ${operation}`);
      const answer = await ask(caller, asked, { parts, says: when });
      const about = `${caller.name}: ${operation} ${permission} ${answer.text}`;
      expect(refusalIn(answer), about).toBe(allowed ? undefined : code);
      seen[allowed ? "allowed" : "refused"] += 1;
      if (permission === permittedHere) expect(allowed, about).toBe(true);
      // What was done may have made it another station.
      if (allowed) parts = undefined;
    }
    expect(seen.allowed + seen.refused, caller.name).toBeGreaterThan(40);
    if (caller.id === undefined) expect(seen.refused).toBe(0);
    else expect(seen.allowed, caller.name).toBeGreaterThan(0);
  }
});

it("is told to a browser as to a program", async () => {
  const once = await api.post("/api/v1/users", { user: "ada", permissions: ["SetToken"] });
  const [user, password] = ["ada", "correct horse battery"];
  const headers = basic(user, once.body.oneTimePassword);
  await api.ask("PUT", "/api/v1/me/password", { headers, body: { password } });
  const unkeyed = { authorization: "" };
  const body = { user, password };
  const signedIn = await api.ask("POST", "/api/v1/session", { headers: unkeyed, body });
  expect(signedIn.status).toBe(201);
  const { mayNot } = signedIn.body;
  expect(mayNot).toEqual(await mayNotOf({ name: user, headers: basic(user, password) }));
  expect(mayNot.length).toBeGreaterThan(10);
  const cookie = String(signedIn.headers["set-cookie"]).split(";", 1)[0] ?? "";
  const looked = await api.ask("GET", "/api/v1/session", { headers: { ...unkeyed, cookie } });
  expect(looked.body.mayNot).toEqual(mayNot);
});
