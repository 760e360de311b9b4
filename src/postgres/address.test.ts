import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { driverAddress, shownAddress } from "./address.ts";

const url = "postgres://motown:s%20p@db.example:6432/log";

it("takes the address apart", () => {
  expect(driverAddress({ url })).toEqual({
    host: "db.example",
    port: 6432,
    user: "motown",
    password: "s p",
    database: "log",
    ssl: false,
  });
  expect(driverAddress({ url: "postgresql://[::1]/log" })).toEqual({
    host: "::1",
    database: "log",
    ssl: false,
  });
  expect(driverAddress({ url: "postgres:///log?host=/run/postgresql" })).toMatchObject({
    host: "/run/postgresql",
  });
});

it("reads the password from a file at each connect", async () => {
  const folder = await mkdtemp(join(tmpdir(), "motown-address-"));
  const passwordFile = join(folder, "password");
  try {
    const { password } = driverAddress({ url, passwordFile }) as { password(): Promise<string> };
    for (const word of ["one", "two"]) {
      await writeFile(passwordFile, `${word}\n`);
      expect(await password()).toBe(word);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("encrypts as the address asks", () => {
  const mode = (text: string) => driverAddress({ url: `${url}?sslmode=${text}` }).ssl;
  expect(mode("disable")).toBe(false);
  expect(mode("require")).toMatchObject({ rejectUnauthorized: false });
  expect(mode("verify-ca")).toMatchObject({ rejectUnauthorized: true });
  expect(mode("verify-full")).toEqual({ rejectUnauthorized: true });
  const trusted = { url: `${url}?sslmode=require`, trustedCertificatesFile: import.meta.filename };
  expect(driverAddress(trusted).ssl).toMatchObject({ rejectUnauthorized: true });
});

it("says what is wrong with an address, and nothing of its password", () => {
  const wrong = [
    "secret",
    "mysql://motown:secret@db/log",
    "postgres://motown:secret@db/log?sslmode=maybe",
    "postgres://motown:secret@db/log?sslmode=verify-full&sslrootcert=/no/such/file",
  ];
  for (const text of wrong) {
    const attempt = () => driverAddress({ url: text });
    expect(attempt).toThrow(expect.objectContaining({ name: "StoreProblem" }));
    expect(attempt).not.toThrow(/secret/);
  }
  expect(shownAddress(url)).toBe("postgres://motown@db.example:6432/log");
});
