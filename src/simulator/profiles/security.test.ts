import { createPublicKey, verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Desk, deskWith } from "#support/fake-csms";
import { rootCertificate } from "#support/root-certificate";
import { signingRequest } from "./certificate-request.ts";

const use = "CentralSystemRootCertificate";

const install = (desk: Desk, certificate: string) =>
  desk.call("InstallCertificate", { certificateType: use, certificate });

describe("certificates", () => {
  it("are installed, listed by their hashes and deleted", async () => {
    const desk = await deskWith();
    const list = () => desk.call("GetInstalledCertificateIds", { certificateType: use });
    expect(await list()).toEqual({ status: "NotFound" });
    expect(await install(desk, rootCertificate)).toEqual({ status: "Accepted" });
    const listed = (await list()) as { certificateHashData: unknown[] };
    expect(listed.certificateHashData).toHaveLength(1);
    const certificateHashData = listed.certificateHashData[0];
    const remove = () => desk.call("DeleteCertificate", { certificateHashData });
    expect(await remove()).toEqual({ status: "Accepted" });
    expect(await remove()).toEqual({ status: "NotFound" });
  });

  it("are rejected if they are none", async () => {
    const desk = await deskWith();
    expect(await install(desk, "hello")).toEqual({ status: "Rejected" });
  });

  it("are asked for on a trigger, and taken only then", async () => {
    const desk = await deskWith();
    const signed = () => desk.call("CertificateSigned", { certificateChain: rootCertificate });
    expect(await signed()).toEqual({ status: "Rejected" });
    const requestedMessage = "SignChargePointCertificate";
    await desk.call("ExtendedTriggerMessage", { requestedMessage });
    await desk.time.advance(10);
    expect(String(desk.csms.payloads("SignCertificate")[0]?.csr)).toContain("CERTIFICATE REQUEST");
    expect(await signed()).toEqual({ status: "Accepted" });
    expect(await signed()).toEqual({ status: "Rejected" });
  });
});

describe("a signing request", () => {
  /** Where the parts of a DER sequence begin and end. */
  function partsOf(bytes: Buffer, from: number): { begin: number; content: number; end: number }[] {
    const parts = [];
    for (let at = from; at < bytes.length; ) {
      const first = bytes[at + 1] ?? 0;
      const more = first < 0x80 ? 0 : first & 0x7f;
      const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
      const content = at + 2 + more;
      parts.push({ begin: at, content, end: content + length });
      at = content + length;
    }
    return parts;
  }

  it("is signed with the key that it carries", () => {
    const lines = signingRequest("S-1").split("\n");
    const bytes = Buffer.from(lines.slice(1, -1).join(""), "base64");
    const [whole] = partsOf(bytes, 0);
    expect(whole?.end).toBe(bytes.length);
    const [content, , bits] = partsOf(bytes, whole?.content ?? 0);
    if (!content || !bits) throw new Error("not three parts");
    const signed = bytes.subarray(content.begin, content.end);
    const [, subject, key] = partsOf(signed, content.content - content.begin);
    if (!subject || !key) throw new Error("no subject, or no key");
    expect(String(signed.subarray(subject.begin, subject.end))).toContain("S-1");
    const spki = signed.subarray(key.begin, key.end);
    const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
    const signature = bytes.subarray(bits.content + 1, bits.end);
    expect(verify("sha256", signed, publicKey, signature)).toBe(true);
  });
});

describe("logs and signed firmware", () => {
  it("are reported with the request they belong to", async () => {
    const desk = await deskWith();
    const log = { remoteLocation: "ftp://logs" };
    const answer = await desk.call("GetLog", { logType: "SecurityLog", requestId: 4, log });
    expect(answer).toEqual({ status: "Accepted", filename: "S-1-log.txt" });
    await desk.time.advance(60_000);
    expect(desk.csms.payloads("LogStatusNotification")).toEqual([
      { status: "Uploading", requestId: 4 },
      { status: "Uploaded", requestId: 4 },
    ]);
    await desk.call("ExtendedTriggerMessage", { requestedMessage: "LogStatusNotification" });
    await desk.time.advance(10);
    expect(desk.csms.payloads("LogStatusNotification").at(-1)).toMatchObject({ status: "Idle" });
  });

  it("are installed only with a certificate", async () => {
    const desk = await deskWith();
    const update = (signingCertificate: string) =>
      desk.call("SignedUpdateFirmware", {
        requestId: 8,
        firmware: {
          ...{ location: "https://x/y-3.0.0.bin", signature: "c2ln", signingCertificate },
          retrieveDateTime: "2026-01-01T00:00:00Z",
        },
      });
    expect(await update("none")).toEqual({ status: "InvalidCertificate" });
    expect(await update(rootCertificate)).toEqual({ status: "Accepted" });
    await desk.time.advance(600_000);
    const said = desk.csms.payloads("SignedFirmwareStatusNotification");
    expect(said.map(({ status }) => status)).toEqual([
      ...["Downloading", "Downloaded", "SignatureVerified", "Installing", "Installed"],
    ]);
    expect(said.every(({ requestId }) => requestId === 8)).toBe(true);
    expect(desk.station.firmwareVersion).toBe("3.0.0");
  });
});
