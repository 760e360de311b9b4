// Our own text frames, since every answer pays for one: header and text leave as one string in one
// write, where `ws` makes two buffers of them. RFC 6455 §5.2: final, text, not masked.

const finalText = "\x81";
const twoBytesFollow = "\x7e";
const shortMax = 125;
const longMax = 65_535;
/** Each of them is one byte, in Latin-1 as in UTF-8. */
const printable = /^[ -~]*$/;

/** The frame of a text as Latin-1; undefined where it takes more than that to write it. */
export function textFrame(text: string): string | undefined {
  const { length } = text;
  if (length > longMax || !printable.test(text)) return undefined;
  if (length <= shortMax) return finalText + String.fromCharCode(length) + text;
  return finalText + twoBytesFollow + String.fromCharCode(length >> 8, length & 0xff) + text;
}
