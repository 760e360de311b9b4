import { generateKeyPairSync, sign } from "node:crypto";

// Just enough DER for a PKCS#10 request (RFC 2986): Node can sign, but writes no requests.
const tag = { integer: 0x02, bits: 0x03, oid: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31 };
const emptyAttributes = Buffer.from([0xa0, 0x00]);
const commonName = Buffer.from([0x55, 0x04, 0x03]);
// ecdsa-with-SHA256, 1.2.840.10045.4.3.2
const ecdsaWithSha256 = Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]);

function der(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([type, length]), content]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([type, 0x80 | bytes.length]), bytes, content]);
}

/** A certificate signing request in PEM, with a fresh key that is thrown away. */
export function signingRequest(name: string): string {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const attribute = der(
    tag.sequence,
    der(tag.oid, commonName),
    der(tag.utf8, Buffer.from(name.slice(0, 64))),
  );
  const subject = der(tag.sequence, der(tag.set, attribute));
  const key = publicKey.export({ type: "spki", format: "der" });
  const version = der(tag.integer, Buffer.from([0]));
  const content = der(tag.sequence, version, subject, key, emptyAttributes);
  const algorithm = der(tag.sequence, der(tag.oid, ecdsaWithSha256));
  const signature = sign("sha256", content, privateKey);
  const bits = der(tag.bits, Buffer.from([0]), signature);
  const body = der(tag.sequence, content, algorithm, bits).toString("base64");
  const lines = body.match(/.{1,64}/g) ?? [];
  return [
    "-----BEGIN CERTIFICATE REQUEST-----",
    ...lines,
    "-----END CERTIFICATE REQUEST-----",
  ].join("\n");
}
