import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureFirstAccess } from "#operator-api";
import { administratorKey, basic, openApi, type TestApi } from "#support/api";

let api: TestApi;
beforeAll(async () => {
  api = await openApi({ loginFailuresMax: 3 });
});
afterAll(() => api.close());

const as = (authorization: string) => ({ headers: { authorization } });

describe("who comes in", () => {
  it("is asked for, in words", async () => {
    for (const authorization of ["", "Bearer nothing", "Digest x", "Basic bm90aGluZw=="]) {
      const answer = await api.ask("GET", "/api/v1/me", as(authorization));
      expect(answer).toMatchObject({ status: 401, body: { code: "NotAuthenticated" } });
      expect(answer.headers["www-authenticate"]).toContain("Basic");
    }
  });

  it("needs no key for signs of life", async () => {
    for (const path of ["/livez", "/readyz", "/metrics", "/openapi.json"]) {
      expect((await api.ask("GET", path, as(""))).status, path).toBe(200);
    }
  });
});

describe("the first administrator", () => {
  it("opens only the change of the password, and then everything", async () => {
    const { user = "", oneTimePassword = "" } = api.first.administrator ?? {};
    expect(oneTimePassword.length).toBeGreaterThanOrEqual(16);
    const headers = basic(user, oneTimePassword);
    const closed = await api.ask("GET", "/api/v1/tokens", { headers });
    expect(closed).toMatchObject({ status: 403, body: { code: "PasswordChangeRequired" } });
    expect((await api.ask("GET", "/api/v1/me", { headers })).body.oneTimePassword).toBe(true);
    const short = await api.ask("PUT", "/api/v1/me/password", { headers, body: { password: "x" } });
    expect(short.body.issues).toEqual([expect.objectContaining({ path: "/password" })]);
    const body = { password: "correct horse battery" };
    expect((await api.ask("PUT", "/api/v1/me/password", { headers, body })).status).toBe(204);
    const own = { headers: basic(user, body.password) };
    expect((await api.ask("GET", "/api/v1/tokens", own)).status).toBe(200);
    expect((await api.ask("GET", "/api/v1/me", { headers })).status).toBe(401);
  });

  it("is made once, and never again", async () => {
    const again = await ensureFirstAccess({ ...api.parts, presetKey: administratorKey });
    expect(again).toEqual({});
  });
});

describe("users", () => {
  it("hold what they were permitted, at once and until they are removed", async () => {
    await api.post("/api/v1/charging-stations", { stationId: "CP1" });
    const made = await api.post("/api/v1/users", { user: "Anna" });
    expect(made).toMatchObject({ status: 201, body: { user: "Anna" } });
    const once = basic("Anna", made.body.oneTimePassword);
    const password = "a password of her own";
    await api.ask("PUT", "/api/v1/me/password", { headers: once, body: { password } });
    const anna = { headers: basic("anna", password) };
    const accept = { ...anna, body: { type: "AcceptChargingStation" } };
    const path = "/api/v1/charging-stations/CP1/commands";
    expect((await api.ask("POST", path, accept)).body.code).toBe("NotPermitted");
    const permission = "AcceptChargingStation";
    await api.post(path, { type: "GrantPermission", user: "Anna", permission });
    expect((await api.ask("POST", path, accept)).status).toBe(200);
    expect((await api.ask("GET", "/api/v1/users", anna)).body.code).toBe("NotAdministrator");
    const rights = { administrator: true, permissions: [] };
    await api.put("/api/v1/users/Anna/rights", rights);
    expect((await api.ask("GET", "/api/v1/users", anna)).status).toBe(200);
    expect((await api.remove("/api/v1/users/Anna")).status).toBe(204);
    expect((await api.ask("GET", "/api/v1/me", anna)).status).toBe(401);
    expect((await api.post("/api/v1/users/Anna/password-resets")).body.code).toBe("UserNotFound");
  });

  it("cannot be guessed without end", async () => {
    const wrong = { headers: basic("nobody", "wrong") };
    for (let time = 0; time < 3; time++) {
      expect((await api.ask("GET", "/api/v1/me", wrong)).status).toBe(401);
    }
    const stopped = await api.ask("GET", "/api/v1/me", wrong);
    expect(stopped).toMatchObject({ status: 429, body: { code: "TooManyAttempts" } });
    expect(stopped.headers["retry-after"]).toBe("300");
    api.environment.clock.advance(300_000);
    expect((await api.ask("GET", "/api/v1/me", wrong)).status).toBe(401);
  });
});

describe("API keys", () => {
  it("cannot hold a permission that no command asks for", async () => {
    const asked = { name: "ci", permissions: ["SetToken", "Nope"] };
    const { status, body } = await api.post("/api/v1/api-keys", asked);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: "PermissionUnknown",
      issues: [{ path: "/permissions/1" }],
    });
  });

  it("are shown once, hold their permissions, end when revoked or over", async () => {
    const expiresAt = "2027-01-01T00:00:00Z";
    const body = { name: "ci", permissions: ["SetToken"], expiresAt };
    const made = await api.post("/api/v1/api-keys", body);
    expect(made.body.apiKey).toMatch(/^mtn_[0-9a-f]{12}_[\w-]{27}$/);
    const key = as(`Bearer ${made.body.apiKey}`);
    const token = { ...key, body: { status: "accepted" } };
    expect((await api.ask("PUT", "/api/v1/tokens/T1", token)).status).toBe(200);
    expect((await api.ask("DELETE", "/api/v1/tokens/T1", key)).body.code).toBe("NotPermitted");
    const list = await api.get("/api/v1/api-keys?name=ci");
    expect(list.body.items).toMatchObject([{ apiKeyId: made.body.apiKeyId, revoked: false }]);
    expect(list.text).not.toContain(made.body.apiKey.slice(20));
    const raw = JSON.stringify(await api.store.readAll({ after: 0, limit: 500 }));
    expect(raw).not.toContain(made.body.apiKey.slice(20));
    const path = `/api/v1/api-keys/${made.body.apiKeyId}`;
    expect((await api.remove(path)).status).toBe(204);
    expect((await api.ask("GET", "/api/v1/me", key)).status).toBe(401);
    expect((await api.remove(path)).body.code).toBe("ApiKeyRevoked");
    expect((await api.remove("/api/v1/api-keys/nothing")).body.code).toBe("ApiKeyNotFound");
  });

  it("are the same again under one Idempotency-Key, and end with their time", async () => {
    const body = { name: "short", expiresAt: "2026-05-04T11:00:00Z" };
    const once = { "idempotency-key": "key-1" };
    const made = await api.post("/api/v1/api-keys", body, once);
    expect((await api.post("/api/v1/api-keys", body, once)).body).toEqual(made.body);
    const key = as(`Bearer ${made.body.apiKey}`);
    expect((await api.ask("GET", "/api/v1/me", key)).body.name).toBe("short");
    api.environment.clock.advance(3_600_000);
    expect((await api.ask("GET", "/api/v1/me", key)).status).toBe(401);
  });

  it("of the local command line are in a file for its owner alone", async () => {
    const folder = await mkdtemp(join(tmpdir(), "motown-"));
    const keyFile = join(folder, "data", "api-key");
    try {
      expect(await ensureFirstAccess({ ...api.parts, keyFile })).toEqual({ keyFile });
      expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
      const key = (await readFile(keyFile, "utf8")).trim();
      const me = await api.ask("GET", "/api/v1/me", as(`Bearer ${key}`));
      expect(me.body).toMatchObject({ kind: "apiKey", administrator: true });
      await ensureFirstAccess({ ...api.parts, keyFile });
      expect((await readFile(keyFile, "utf8")).trim()).toBe(key);
    } finally {
      await rm(folder, { recursive: true });
    }
    // The key that was preset before is not set any more: it ends.
    api.environment.clock.advance(api.environment.limits.principalCacheMs);
    expect((await api.get("/api/v1/me")).status).toBe(401);
  });

  it("preset with too few characters do not start", async () => {
    const short = ensureFirstAccess({ ...api.parts, presetKey: "short" });
    await expect(short).rejects.toThrow("at least 20 characters");
  });
});
