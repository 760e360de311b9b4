import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryOf, type NatsOptions, type ServerAddress, serversOf } from "./options.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "motown-nats-options-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

const entry = async (options: NatsOptions) =>
  entryOf(options, serversOf(options)[0] as ServerAddress);

/** What the server is told of who comes. */
async function enteredWith(options: NatsOptions): Promise<unknown> {
  const { authenticator } = await entry(options);
  return typeof authenticator === "function" ? authenticator("nonce") : undefined;
}

describe("the address of NATS", () => {
  it("is a host, perhaps with a port", () => {
    const places = serversOf({
      servers: ["nats://a.example", " nats://b.example:7222 ", "c.example:1", "tls://[::1]"],
    });
    expect(places.map(({ host, port }) => `${host} ${port}`)).toEqual([
      ...["a.example 4222", "b.example 7222", "c.example 1", "[::1] 4222"],
    ]);
    expect(places.map(({ isEncrypted }) => isEncrypted)).toEqual([false, false, false, true]);
  });

  it("that is none is refused, without a word of its password", () => {
    for (const server of [
      "",
      "http://ada:secret@a",
      "nats://ada:secret@",
      "nats://a b",
      "nats://a%zz:secret@b",
    ]) {
      const open = () => serversOf({ servers: [server] });
      expect(open).toThrow(/is not understood/);
      expect(open).not.toThrow(/secret/);
    }
    expect(() => serversOf({ servers: [] })).toThrow(/is not understood/);
  });
});

describe("a node enters NATS", () => {
  it("with what the address says: a name and a password, a token, or nothing", async () => {
    expect(await enteredWith({ servers: ["nats://ada:s%20p@a"] })).toEqual({
      ...{ user: "ada", pass: "s p" },
    });
    expect(await enteredWith({ servers: ["nats://token@a"] })).toEqual({ auth_token: "token" });
    expect(await enteredWith({ servers: ["nats://a"] })).toBeUndefined();
  });

  it("with the password of a file, or the token, as it is at that moment", async () => {
    const passwordFile = await file("password", "from file\n");
    expect(await enteredWith({ servers: ["nats://ada:x@a"], passwordFile })).toEqual({
      ...{ user: "ada", pass: "from file" },
    });
    expect(await enteredWith({ servers: ["nats://a"], passwordFile })).toEqual({
      auth_token: "from file",
    });
    await file("password", "renewed");
    expect(await enteredWith({ servers: ["nats://ada@a"], passwordFile })).toEqual({
      ...{ user: "ada", pass: "renewed" },
    });
  });

  it("not at all where a file is missing", async () => {
    const passwordFile = join(directory, "nowhere");
    await expect(entry({ servers: ["nats://a"], passwordFile })).rejects.toThrow(/nowhere/);
  });

  it("encrypted where the address or a certificate says so", async () => {
    const trustedCertificatesFile = await file("root.pem", "root");
    expect(await entry({ servers: ["nats://a"] })).toEqual({ servers: "a:4222", tls: null });
    expect((await entry({ servers: ["tls://a"] })).tls).toEqual({ host: "a", servername: "a" });
    const given = { servers: ["nats://[::1]"], trustedCertificatesFile };
    expect((await entry(given)).tls).toEqual({ host: "::1", ca: "root" });
  });
});
