/*
 * Arrays as PostgreSQL reads them. Texts go in the binary form: in the other one each quote of a
 * JSON text would have to be escaped here and found again there.
 */

const oidOfText = 25;
const headerBytes = 20;

/** `text[]` in its binary form. */
export function textArray(texts: readonly (string | null)[]): Buffer {
  if (texts.length === 0) return emptyTexts;
  let bytes = headerBytes;
  for (const text of texts) bytes += 4 + (text === null ? 0 : Buffer.byteLength(text));
  const buffer = Buffer.allocUnsafe(bytes);
  writeHeader(buffer, texts);
  let at = headerBytes;
  for (const text of texts) {
    const length = text === null ? -1 : buffer.write(text, at + 4);
    buffer.writeInt32BE(length, at);
    at += 4 + Math.max(0, length);
  }
  return buffer;
}

/** `integer[]` or `bigint[]`; what is no number is left to the server to refuse. */
export function intArray(numbers: readonly (number | null)[]): string {
  return `{${numbers.map((one) => one ?? "NULL").join(",")}}`;
}

function writeHeader(buffer: Buffer, texts: readonly (string | null)[]): void {
  const dimensions = 1;
  const lowest = 1;
  buffer.writeInt32BE(dimensions, 0);
  buffer.writeInt32BE(texts.includes(null) ? 1 : 0, 4);
  buffer.writeInt32BE(oidOfText, 8);
  buffer.writeInt32BE(texts.length, 12);
  buffer.writeInt32BE(lowest, 16);
}

const emptyTexts = Buffer.alloc(12);
emptyTexts.writeInt32BE(oidOfText, 8);
