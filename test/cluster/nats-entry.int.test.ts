// How nodes enter NATS: passwords, tokens, keys, certificates; and what is said when it refuses.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cluster } from "#bus";
import type { NatsOptions } from "#cluster";
import { dataDirectory } from "#support/data-directory";
import { type Certificates, makeCertificates } from "#support/engines/certificates";
import { type NatsServer, startNats } from "#support/engines/nats";
import { natsCredentials } from "#support/engines/nats-credentials";
import { type TestDatabase, testDatabase } from "#support/engines/postgres";
import { heardBy, joinedNodes, until } from "./joined.ts";

let database: TestDatabase;
let folder: Awaited<ReturnType<typeof dataDirectory>>;
beforeAll(async () => {
  [database, folder] = await Promise.all([testDatabase(), dataDirectory()]);
}, 60_000);
afterAll(async () => {
  await folder.remove();
  await database.drop();
});

const limits = { nodeLinkRetryMs: 20, nodeLinkRetryMsMax: 100 };

/** A server with these settings, and nodes that try to enter it. */
async function withServer(
  settings: string,
  work: (given: {
    readonly server: NatsServer;
    readonly url: (entry: string) => string;
    readonly join: (name: string, bus: NatsOptions) => Promise<Cluster>;
  }) => Promise<void>,
): Promise<void> {
  const server = await startNats(settings);
  const nodes = joinedNodes(database, { limits });
  try {
    const url = (entry: string) => `nats://${entry}127.0.0.1:${server.port}`;
    await work({ server, url, join: (name, bus) => nodes.join(name, { bus }) });
  } finally {
    await nodes.close();
    await server.remove();
  }
}

/** Both are in: what one tells, the other hears. */
async function areIn(one: Cluster, two: Cluster): Promise<void> {
  const heard = heardBy(two);
  await until(() => {
    one.tell(undefined, { message: "grown", position: 1 });
    return heard.length > 0;
  });
  expect(await one.health()).toMatchObject({ ok: true });
}

const reasonOf = async (node: Cluster) => (await node.health()).reason;

async function kept(name: string, text: string): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

describe("a NATS that asks who comes", () => {
  it("lets in who knows the password, and others once their file is right", async () => {
    const settings = 'authorization { user: "motown", password: "s p" }';
    await withServer(settings, async ({ url, join }) => {
      const passwordFile = await kept("password", "wrong");
      const one = await join("one", { servers: [url("motown:s%20p@")] });
      const two = await join("two", { servers: [url("motown@")], passwordFile });
      const nobody = await join("three", { servers: [url("")] });
      const refused = /^NATS refuses the user, the password or the key \(127\.0\.0\.1:\d+\)$/;
      expect(await reasonOf(two)).toMatch(refused);
      expect(await reasonOf(nobody)).toMatch(refused);
      await kept("password", "s p");
      await areIn(one, two);
      await kept("password", "wrong");
    });
  });

  it("lets in who has the token", async () => {
    await withServer('authorization { token: "t0ken" }', async ({ url, join }) => {
      const passwordFile = await kept("token", "t0ken\n");
      const one = await join("one", { servers: [url("t0ken@")] });
      await areIn(one, await join("two", { servers: [url("")], passwordFile }));
    });
  });

  it("lets in who has the key of a user, or the credentials of its operator", async () => {
    const { nkey, seed, operator } = natsCredentials();
    const byKey = `authorization { users: [{ nkey: "${nkey}" }] }`;
    await withServer(byKey, async ({ url, join }) => {
      const credentialsFile = await kept("seed", `${seed}\n`);
      const one = await join("one", { servers: [url("")], credentialsFile });
      await areIn(one, await join("two", { servers: [url("")], credentialsFile }));
      const damaged = { servers: [url("")], credentialsFile: await kept("bad", "no credentials") };
      const three = await join("three", damaged);
      expect(await reasonOf(three)).toMatch(/^the credentials' file is damaged/);
    });
    await withServer(operator.settings, async ({ url, join }) => {
      const credentialsFile = await kept("motown.creds", operator.credentials);
      const one = await join("one", { servers: [url("")], credentialsFile });
      await areIn(one, await join("two", { servers: [url("")], credentialsFile }));
    });
  });

  it("may give too few rights", async () => {
    const users = 'users: [{ user: "a", password: "b", permissions: { subscribe: "other" } }]';
    await withServer(`authorization { ${users} }`, async ({ url, join }) => {
      const one = await join("one", { servers: [url("a:b@")] });
      await until(async () => (await reasonOf(one)) === "NATS gives this user too few rights");
    });
  });

  it("is not entered with a file that is not there", async () => {
    await withServer("", async ({ url, join }) => {
      const one = await join("one", { servers: [url("")], passwordFile: "/nowhere/password" });
      expect(await reasonOf(one)).toMatch(/^\/nowhere\/password cannot be read: .*no such file/);
    });
  });
});

describe("a NATS with TLS", () => {
  let certificates: Certificates;
  beforeAll(async () => {
    certificates = await makeCertificates();
  }, 60_000);
  afterAll(() => certificates.remove());

  const tls = (more = "") => {
    const { certificate, key } = certificates.server;
    const files = `cert_file: "${certificate}", key_file: "${key}"`;
    return `tls { ${files}, ca_file: "${certificates.trusted}", ${more} }`;
  };

  it("is entered by who trusts its certificate", async () => {
    await withServer(tls(), async ({ server, url, join }) => {
      const trusted = { trustedCertificatesFile: certificates.trusted };
      const one = await join("one", { servers: [url("")], ...trusted });
      const named = [`tls://localhost:${server.port}`];
      await areIn(one, await join("two", { servers: named, ...trusted }));
      const stranger = await join("three", { servers: named });
      expect(await reasonOf(stranger)).toMatch(/^the certificate of NATS is not trusted/);
      const inClear = await join("four", { servers: [url("")] });
      expect(await reasonOf(inClear)).toMatch(/^NATS asks for TLS/);
    });
  });

  it("may ask for the node's own certificate", async () => {
    await withServer(tls("verify: true"), async ({ url, join }) => {
      const trustedCertificatesFile = certificates.trusted;
      const { certificate: certificateFile, key: keyFile } = certificates.client;
      const own = { trustedCertificatesFile, certificateFile, keyFile };
      const one = await join("one", { servers: [url("")], ...own });
      await areIn(one, await join("two", { servers: [url("")], ...own }));
      const without = await join("three", { servers: [url("")], trustedCertificatesFile });
      expect(await reasonOf(without)).toMatch(/refuses our certificate|was cut/);
    });
  });

  it("is not done without, where it is asked for", async () => {
    await withServer("", async ({ url, join }) => {
      const trustedCertificatesFile = certificates.trusted;
      const one = await join("one", { servers: [url("")], trustedCertificatesFile });
      expect(await reasonOf(one)).toMatch(/^NATS offers no TLS/);
    });
  });

  it("is left alone where its certificate is for another name", async () => {
    const { certificate, key } = certificates.named;
    const files = `cert_file: "${certificate}", key_file: "${key}"`;
    await withServer(`tls { ${files} }`, async ({ server, url, join }) => {
      const trusted = { trustedCertificatesFile: certificates.trusted };
      const one = await join("one", { servers: [url("")], ...trusted });
      expect(await reasonOf(one)).toMatch(/^the certificate of NATS is for another name/);
      const named = { servers: [`nats://localhost:${server.port}`], ...trusted };
      await areIn(await join("two", named), await join("three", named));
    });
  });
});
