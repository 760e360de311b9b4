// A person in a browser: signs in, stays signed in, and is out when he says so, on every node.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryEventStore } from "#event-store";
import { type Answered, basic, openApi, type TestApi } from "#support/api";

const password = "correct horse battery";
let api: TestApi;
let opened: TestApi[] = [];

async function open(...given: Parameters<typeof openApi>): Promise<TestApi> {
  const one = await openApi(...given);
  opened.push(one);
  return one;
}

beforeEach(async () => {
  opened = [];
  api = await open({ loginFailuresMax: 3 });
  await choose(api, password);
});
afterEach(async () => {
  for (const one of opened) await one.close();
});

/** The first administrator chooses a password, as a program would. */
async function choose(of: TestApi, chosen: string): Promise<void> {
  const { user = "", oneTimePassword = "" } = of.first.administrator ?? {};
  const headers = basic(user, oneTimePassword);
  const body = { password: chosen };
  expect((await of.ask("PUT", "/api/v1/me/password", { headers, body })).status).toBe(204);
}

/** A browser: it keeps the cookie that it was given last, and the console's token. */
function browser(of: TestApi) {
  let cookie = "";
  let csrf: string | undefined;
  const ask = async (
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> => {
    const token = csrf === undefined ? {} : { "x-csrf-token": csrf };
    const sent = { authorization: "", cookie, ...token, ...headers };
    const answer = await of.ask(method, url, { headers: sent, body });
    const [set] = [answer.headers["set-cookie"]].flat().slice(-1) as (string | undefined)[];
    if (set !== undefined) cookie = set.split(";", 1)[0] ?? "";
    return answer;
  };
  return {
    ask,
    get cookie() {
      return cookie;
    },
    signIn: async (user = "admin", secret = password) => {
      const answer = await ask("POST", "/api/v1/session", { user, password: secret });
      csrf = answer.body.csrf ?? csrf;
      return answer;
    },
    /** The same cookie and token, sent to another node. */
    at: (other: TestApi) => {
      const there = browser(other);
      there.become(cookie, csrf);
      return there;
    },
    become: (given: string, token: string | undefined) => {
      cookie = given;
      csrf = token;
    },
  };
}

describe("signing in", () => {
  it("gives a cookie that no script can read and no other site can use", async () => {
    const ada = browser(api);
    expect((await ada.ask("GET", "/api/v1/session")).body).toEqual({
      ...{ signedIn: false, firstStart: false },
    });
    const { status, body, headers } = await ada.signIn();
    expect(status).toBe(201);
    expect(body).toMatchObject({ signedIn: true, user: "admin", administrator: true });
    const [cookie] = [headers["set-cookie"]].flat();
    expect(cookie).toMatch(
      /^motown-\w{8}=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await ada.ask("GET", "/api/v1/session")).body).toEqual(body);
    expect((await ada.ask("GET", "/api/v1/me")).body.name).toBe("admin");
  });

  it("behind TLS gives a cookie that is never sent without", async () => {
    const behind = await open({}, { isTrustedProxy: () => true });
    await choose(behind, password);
    const body = { user: "admin", password };
    const headers = { authorization: "", "x-forwarded-proto": "https" };
    const { headers: answered } = await behind.ask("POST", "/api/v1/session", { headers, body });
    expect(String(answered["set-cookie"])).toContain("; Secure");
  });

  it("is refused in words, without the browser's own dialog, and not without end", async () => {
    const ada = browser(api);
    for (let time = 0; time < 3; time++) {
      const { status, body, headers } = await ada.signIn("admin", "guess");
      expect({ status, code: body.code }).toEqual({ status: 401, code: "NotAuthenticated" });
      expect(headers["www-authenticate"]).toBeUndefined();
    }
    expect((await ada.signIn()).body.code).toBe("TooManyAttempts");
  });

  it("says at a first start that nobody has been here", async () => {
    const fresh = await open();
    const ada = browser(fresh);
    expect((await ada.ask("GET", "/api/v1/session")).body.firstStart).toBe(true);
    const { user = "", oneTimePassword = "" } = fresh.first.administrator ?? {};
    expect((await ada.signIn(user, oneTimePassword)).body.oneTimePassword).toBe(true);
    expect((await ada.ask("GET", "/api/v1/users")).body.code).toBe("PasswordChangeRequired");
    const chosen = await ada.ask("PUT", "/api/v1/me/password", { password });
    expect(chosen.status).toBe(204);
    expect((await ada.ask("GET", "/api/v1/users")).status).toBe(200);
    expect((await ada.ask("GET", "/api/v1/session")).body.oneTimePassword).toBe(false);
  });
});

describe("a session", () => {
  it("changes nothing without the token that only the console's pages can read", async () => {
    const ada = browser(api);
    await ada.signIn();
    const body = { stationId: "CP1" };
    for (const wrong of ["", "0".repeat(32)]) {
      const forged = { "x-csrf-token": wrong };
      const { status, body: said } = await ada.ask(
        ...(["POST", "/api/v1/charging-stations", body, forged] as const),
      );
      expect({ status, code: said.code }).toEqual({ status: 403, code: "CsrfTokenMissing" });
    }
    expect((await ada.ask("POST", "/api/v1/charging-stations", body)).status).toBe(201);
  });

  it("ends after so long without a request, and goes on while somebody works", async () => {
    const ada = browser(api);
    await ada.signIn();
    const first = ada.cookie;
    const { clock, limits } = api.environment;
    for (let time = 0; time < 3; time++) {
      clock.advance(limits.sessionIdleMs - 1);
      expect((await ada.ask("GET", "/api/v1/me")).status).toBe(200);
    }
    expect(ada.cookie).not.toBe(first);
    clock.advance(limits.sessionIdleMs);
    const { status, body, headers } = await ada.ask("GET", "/api/v1/me");
    expect({ status, code: body.code }).toEqual({ status: 401, code: "SessionEnded" });
    expect(headers["www-authenticate"]).toBeUndefined();
  });

  it("ends when its time is over, however much somebody works", async () => {
    const ada = browser(api);
    await ada.signIn();
    const { clock, limits } = api.environment;
    const half = limits.sessionIdleMs / 2;
    let worked = 0;
    while (worked + half < limits.sessionLifeMs) {
      clock.advance(half);
      worked += half;
      expect((await ada.ask("GET", "/api/v1/me")).status).toBe(200);
    }
    clock.advance(half);
    expect((await ada.ask("GET", "/api/v1/me")).body.code).toBe("SessionEnded");
  });

  it("ends with the password, except the one that changed it", async () => {
    const [desk, phone] = [browser(api), browser(api)];
    await desk.signIn();
    await phone.signIn();
    const next = { password: "another horse battery" };
    const alone = await desk.ask("PUT", "/api/v1/me/password", next);
    expect(alone.body.issues).toEqual([expect.objectContaining({ path: "/currentPassword" })]);
    const wrong = { ...next, currentPassword: "guess" };
    const refused = await desk.ask("PUT", "/api/v1/me/password", wrong);
    expect(refused.body.code).toBe("NotAuthenticated");
    const right = { ...next, currentPassword: password };
    expect((await desk.ask("PUT", "/api/v1/me/password", right)).status).toBe(204);
    expect((await desk.ask("GET", "/api/v1/me")).status).toBe(200);
    expect((await phone.ask("GET", "/api/v1/me")).body.code).toBe("SessionEnded");
  });

  it("ends when its user is removed, and has his rights of now until then", async () => {
    const made = await api.post("/api/v1/users", { user: "olga", administrator: true });
    const olga = browser(api);
    await olga.signIn("olga", made.body.oneTimePassword);
    await olga.ask("PUT", "/api/v1/me/password", { password });
    expect((await olga.ask("GET", "/api/v1/users")).status).toBe(200);
    await api.put("/api/v1/users/olga/rights", { administrator: false, permissions: [] });
    expect((await olga.ask("GET", "/api/v1/users")).body.code).toBe("NotAdministrator");
    await api.remove("/api/v1/users/olga");
    expect((await olga.ask("GET", "/api/v1/me")).body.code).toBe("SessionEnded");
  });

  it("cannot be written by whoever has not the secret", async () => {
    const ada = browser(api);
    await ada.signIn();
    const [name = "", value = ""] = ada.cookie.split("=");
    const half = value.slice(0, -6);
    for (const forged of ["", "x", half, `${half}AAAAAA`, api.environment.cipher.seal("{}")]) {
      const cookie = `${name}=${encodeURIComponent(forged)}`;
      const answer = await api.get("/api/v1/me", { authorization: "", cookie });
      expect(answer.body.code, forged).toBe("SessionEnded");
    }
  });
});

it("opens every node of a cluster, and none after it was ended at one", async () => {
  const store = createMemoryEventStore();
  const one = await open({}, { shared: { store, node: "one" } });
  await choose(one, password);
  const two = await open({}, { shared: { store, node: "two" } });
  const ada = browser(one);
  await ada.signIn();
  const other = browser(one);
  await other.signIn();
  const there = ada.at(two);
  expect((await there.ask("GET", "/api/v1/me")).body.name).toBe("admin");
  const out = await there.ask("DELETE", "/api/v1/session");
  expect(out.status).toBe(204);
  expect(String(out.headers["set-cookie"])).toContain("Max-Age=0");
  // The node looks at the log by itself; nobody has told it.
  one.environment.clock.advance(one.environment.limits.tailPollMs);
  await one.bus.events.passed(await store.head());
  expect((await ada.ask("GET", "/api/v1/me")).body.code).toBe("SessionEnded");
  expect((await other.ask("GET", "/api/v1/me")).status).toBe(200);
});
