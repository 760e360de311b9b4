// What comes over a TCP connection that should be HTTP or a WebSocket: right, wrong, or neither.
import { Buffer } from "node:buffer";
import { type Chance, weighted } from "./chance.ts";
import { garbage } from "./frames.ts";
import { mutated } from "./mutate.ts";
import { oddText } from "./odd.ts";

/** Bytes of one connection. */
export function connectionBytes(chance: Chance, corpus: readonly string[]): Buffer {
  const make = weighted<() => Buffer>(chance, [
    [2, () => randomBytes(chance, chance.below(2_000))],
    [6, () => Buffer.from(brokenHttp(chance), "latin1")],
    [4, () => Buffer.from(handshake(chance, true), "latin1")],
    [
      12,
      () => Buffer.concat([Buffer.from(handshake(chance, false)), socketFrames(chance, corpus)]),
    ],
  ]);
  return make();
}

function randomBytes(chance: Chance, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => chance.below(256)));
}

function brokenHttp(chance: Chance): string {
  const method = chance.pick([
    "GET",
    "POST",
    "CONNECT",
    "get",
    "PRI",
    "\u0016\u0003\u0001",
    "",
    "GET\u0000",
  ]);
  const target = chance.pick([
    ...[
      "/",
      "*",
      "/api/v1/me",
      "http://x/",
      "//",
      "/\u0000",
      "/ocpp/",
      `/${"x".repeat(20_000)}`,
      "/%",
    ],
    ...["/api/v1/charging-stations?limit=1", "/docs", "/ocpp/S-1", "/../../etc/passwd", "é"],
  ]);
  const version = chance.pick(["HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "HTTP/2.0", "", "http/1.1"]);
  const headers = Array.from({ length: chance.below(5) }, () => brokenHeader(chance)).join("");
  const end = chance.pick(["\r\n", "\n", "", "\r", "\r\n\r\n"]);
  const body = chance.once(2) ? oddText(chance) : "";
  const text = `${method} ${target} ${version}\r\n${headers}${end}${body}`;
  return chance.once(4) ? text.repeat(chance.between(2, 5)) : text;
}

function brokenHeader(chance: Chance): string {
  const [name, value] = chance.pick([
    ...[
      ["Host", "x"],
      ["Host", ""],
      ["Content-Length", "5"],
      ["Content-Length", "-1"],
    ],
    ...[
      ["Content-Length", "99999999999999999999"],
      ["Transfer-Encoding", "chunked"],
    ],
    ...[
      ["Transfer-Encoding", "chunked, chunked"],
      ["Connection", "Upgrade"],
      ["Upgrade", "h2c"],
    ],
    ...[
      ["X", "y".repeat(40_000)],
      ["X\u0000", "y"],
      ["", ""],
      [" folded", "x"],
      ["Expect", "100-continue"],
    ],
    ...[
      ["Expect", "x"],
      ["Authorization", "Basic \u00ff"],
      ["Content-Type", "application/json"],
    ],
  ] as [string, string][]);
  return `${name}${chance.once(12) ? "" : ":"} ${value}${chance.once(12) ? "\n" : "\r\n"}`;
}

const oddProtocols = ["", ",", "ocpp1.6,,ocpp1.6", "x".repeat(5_000), "ocpp9"];

function handshake(chance: Chance, broken: boolean): string {
  const odd = (right: string, wrong: readonly string[]) =>
    broken && chance.once(3) ? chance.pick(wrong) : right;
  const names = [
    "",
    "S-1%00",
    "%ZZ",
    "x".repeat(300),
    "a/b/c",
    "%ED%A0%80",
    "..",
    "__proto__",
    "S 1",
  ];
  const station = odd(chance.pick(["VICTIM", "STRANGER", "__proto__", "%F0%9F%92%A5"]), names);
  const lines = [
    `${odd("GET", ["POST", "HEAD"])} ${odd("/ocpp", ["/OCPP", "", "/api/v1"])}/${station} HTTP/1.1`,
    "Host: x",
    `Upgrade: ${odd("websocket", ["h2c", "", "websocket, x"])}`,
    `Connection: ${odd("Upgrade", ["close", "keep-alive"])}`,
    `Sec-WebSocket-Key: ${odd("dGhlIHNhbXBsZSBub25jZQ==", ["", "x", "dGhl", "é"])}`,
    `Sec-WebSocket-Version: ${odd("13", ["8", "", "x", "99"])}`,
    `Sec-WebSocket-Protocol: ${odd("ocpp1.6", oddProtocols)}`,
  ];
  if (chance.once(3))
    lines.push("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
  if (broken && chance.once(2))
    lines.push(`Authorization: Basic ${oddText(chance).replace(/[\r\n]/g, "")}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function socketFrames(chance: Chance, corpus: readonly string[]): Buffer {
  const length = chance.between(1, 6);
  return Buffer.concat(Array.from({ length }, () => socketFrame(chance, corpus)));
}

/** One frame of RFC 6455, with what is wrong in its head. */
function socketFrame(chance: Chance, corpus: readonly string[]): Buffer {
  const text = chance.once(3)
    ? garbage(chance)
    : mutated(chance, chance.pick(corpus), chance.pick(corpus));
  const payload = chance.once(6) ? randomBytes(chance, chance.below(300)) : Buffer.from(text);
  const isOdd = chance.once(3);
  const opcode = isOdd ? chance.below(16) : 1;
  const fin = isOdd && chance.once(3) ? 0 : 0x80;
  const reserved = isOdd && chance.once(4) ? chance.pick([0x40, 0x20, 0x10, 0x70]) : 0;
  const masked = !(isOdd && chance.once(5));
  const claimed =
    isOdd && chance.once(5) ? chance.pick([0, 125, 65_535, 2 ** 20 + 1, 2 ** 40]) : payload.length;
  const head = Buffer.from([fin | reserved | opcode]);
  const mask = randomBytes(chance, 4);
  if (!masked) return Buffer.concat([head, lengthBytes(claimed, 0), payload]);
  const hidden = payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return Buffer.concat([head, lengthBytes(claimed, 0x80), mask, hidden]);
}

function lengthBytes(length: number, maskBit: number): Buffer {
  if (length < 126) return Buffer.from([maskBit | length]);
  if (length < 65_536) return Buffer.from([maskBit | 126, length >> 8, length & 255]);
  const long = Buffer.alloc(9);
  long[0] = maskBit | 127;
  long.writeBigUInt64BE(BigInt(length), 1);
  return long;
}
