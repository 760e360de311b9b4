// How the console comes to a browser: each file as it was built, and no other file at all.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "#support/api";

const script = "console.log(1);".repeat(100);
let api: TestApi;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "motown-console-"));
  const consoleFolder = join(folder, "dist");
  await mkdir(join(consoleFolder, "assets"), { recursive: true });
  await writeFile(join(folder, "secret.js"), "secret");
  await writeFile(join(consoleFolder, "index.html"), "<!doctype html><title>Motown</title>");
  for (const name of ["sign-in.en", "sign-in.de", "first-start.en", "first-start.de"]) {
    await writeFile(join(consoleFolder, `${name}.html`), `<title>Motown</title>${name}`);
  }
  await writeFile(join(consoleFolder, "assets/main.abc.js"), script);
  await writeFile(join(consoleFolder, "assets/main.abc.js.gz"), gzipSync(script));
  api = await openApi({}, { consoleFolder });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  api.get(path, { authorization: "", ...headers });

describe("a page of the console", () => {
  it("is the first page, whatever its address, with a policy that lets nothing else in", async () => {
    for (const path of ["/", "/stations", "/stations/CP%201/timeline", "/sign-in?user=admin"]) {
      const { status, headers, text } = await get(path);
      expect(status, path).toBe(200);
      expect(text).toContain("<title>Motown</title>");
      expect(headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(headers["cache-control"]).toBe("no-cache");
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
  });

  it("has the form of signing in, in one's language, for who has no session", async () => {
    const pageFor = async (headers: Record<string, string> = {}) => {
      const { text, headers: said } = await get("/stations", headers);
      expect(said.vary).toBe("accept-encoding, accept-language, cookie");
      return text.replace("<title>Motown</title>", "");
    };
    const german = { "accept-language": "fr-FR, de-AT;q=0.7, en" };
    expect(await pageFor()).toBe("first-start.en");
    expect(await pageFor(german)).toBe("first-start.de");
    const { user = "", oneTimePassword = "" } = api.first.administrator ?? {};
    const password = "a password of one's own";
    const basic = Buffer.from(`${user}:${oneTimePassword}`).toString("base64");
    const headers = { authorization: `Basic ${basic}` };
    await api.ask("PUT", "/api/v1/me/password", { headers, body: { password } });
    expect(await pageFor()).toBe("sign-in.en");
    expect(await pageFor(german)).toBe("sign-in.de");
    // No form was written in it.
    expect(await pageFor({ "accept-language": "fr" })).toBe("sign-in.en");
    expect(await pageFor({ cookie: "motown-00000000=anothers" })).toBe("sign-in.en");
    const claim = { headers: { authorization: "" }, body: { user, password } };
    const session = await api.ask("POST", "/api/v1/session", claim);
    const [cookie = ""] = String(session.headers["set-cookie"]).split(";", 1);
    expect(await pageFor({ cookie })).toBe("<!doctype html>");
  });

  it("may have a dot in its address, as a station's id may", async () => {
    const { text } = await get("/stations/CP.1.js", { accept: "text/html,application/xhtml+xml" });
    expect(text).toContain("<title>Motown</title>");
    expect((await get("/stations/CP.1.js", { accept: "*/*" })).status).toBe(404);
  });

  it("takes images from nowhere else, but for the tiles that were set up", async () => {
    const imagesOf = async (from: TestApi) => {
      const { headers } = await from.get("/", { authorization: "" });
      const rules = String(headers["content-security-policy"]).split("; ");
      return rules.filter((rule) => rule.startsWith("img-src"));
    };
    expect(await imagesOf(api)).toEqual(["img-src 'self' data:"]);
    const tiles = { url: "https://tiles.example.org:8443/day/{z}/{x}/{y}.png" };
    const other = await openApi({}, { consoleFolder: join(folder, "dist"), tiles });
    try {
      const allowed = "img-src 'self' data: https://tiles.example.org:8443";
      expect(await imagesOf(other)).toEqual([allowed]);
    } finally {
      await other.close();
    }
  });

  it("is not sent again to who has it", async () => {
    const { headers } = await get("/");
    const again = await get("/", { "if-none-match": String(headers.etag) });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: "" });
  });

  it("never stands in the way of the API, of stations or of signs of life", async () => {
    for (const path of ["/api/v1/nothing", "/api", "/ocpp/CP1", "/metrics/x", "/assets/gone.js"]) {
      const { status, body } = await get(path);
      expect({ status, code: body.code }, path).toEqual({ status: 404, code: "NotFound" });
    }
    const wrong = await api.ask("DELETE", "/api/v1/charging-stations", {});
    expect(wrong.body.code).toBe("MethodNotAllowed");
    expect((await get("/livez")).body).toEqual({ live: true });
  });
});

describe("a file of the console", () => {
  it("is kept for ever, and goes out compressed to who takes it", async () => {
    const plain = await get("/assets/main.abc.js");
    expect(plain.text).toBe(script);
    expect(plain.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    for (const accepted of ["gzip, br", "br;q=0, gzip;q=0.5"]) {
      const { headers } = await get("/assets/main.abc.js", { "accept-encoding": accepted });
      expect(headers["content-encoding"]).toBe("gzip");
      expect(Number(headers["content-length"])).toBe(gzipSync(script).length);
    }
    const refused = await get("/assets/main.abc.js", { "accept-encoding": "gzip;q=0" });
    expect(refused.headers["content-encoding"]).toBeUndefined();
  });

  it("is one of the console's, by whatever way it is asked for", async () => {
    const ways = [
      "/../secret.js",
      "/assets/../../secret.js",
      "/%2e%2e/secret.js",
      "/..%2fsecret.js",
    ];
    for (const path of [
      ...ways,
      "/assets/%2e%2e%2f%2e%2e%2fsecret.js",
      "/%00.js",
      "//etc/passwd.js",
    ]) {
      const { status, text } = await get(path);
      expect(text, path).not.toContain("secret\n");
      expect(text, path).not.toBe("secret");
      expect([400, 404], path).toContain(status);
    }
  });
});

it("leads to the documents where no console was built", async () => {
  const without = await openApi();
  try {
    const { status, headers } = await without.get("/");
    expect({ status, to: headers.location }).toEqual({ status: 302, to: "/docs" });
  } finally {
    await without.close();
  }
});
