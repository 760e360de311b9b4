// Values that programs get wrong.
import { type Chance, weighted } from "./chance.ts";
import { asWritten } from "./json.ts";

/** Names of members that mean something to JavaScript. */
export const oddNames = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "length"],
  ...["", " ", "\u0000", "then", "toJSON", "__defineGetter__", "é", "💥", "a.b", "a/b", "~1", "0"],
];

const oddTexts = [
  ...["", " ", "\t\r\n", "\u0000", "a\u0000b", "\u001f", "\u007f", "\u2028", "\ufeff", "\ufffd"],
  ...["\ud800", "x\udc00y", "💥⚡️", "é", "e\u0301", "İ", "ß", "ﬀ", "\u202eabc", "٣", "NaN"],
  ...["null", "undefined", "true", "-1", "1e3", "0x10", " 12 ", "1,5", "12.5", "[object Object]"],
  ...["'", '"', "'; DROP TABLE stations; --", '"}],[2', "\\", "\\u0000", "%00", "%", "../../x"],
  ...[
    "<script>",
    "$\u007bx}",
    "{{x}}",
    "$1",
    "$&",
    "__proto__",
    "constructor",
    "prototype",
    ".*",
    "(a+)+$",
  ],
];

const oddTimes = [
  ...[
    "1970-01-01T00:00:00Z",
    "2026-02-30T10:00:00Z",
    "2026-13-01T00:00:00Z",
    "0000-00-00T00:00:00Z",
  ],
  ...["9999-12-31T23:59:59.999Z", "+275760-09-13T00:00:00Z", "-000001-01-01T00:00:00Z", "now", "0"],
  ...["2026-05-04T25:00:00Z", "2026-05-04T10:00:60Z", "2026-05-04T10:00:00+99:99", "2026-05-04"],
  ...["2026-05-04 10:00:00", "2026-05-04T10:00", "1777888800", "1777888800000", "04.05.2026 10:00"],
  ...["2026-05-04T10:00:00.123456789Z", "2026-05-04T10:00:00,5Z", "2026-W18-1T10:00:00Z", "T", "Z"],
  ...["2026-05-04T10:00:00+0200", "2038-01-19T03:14:08Z", "1969-12-31T23:59:59Z", "99999999999999"],
];

const oddNumbers = [
  ...["-0", "0", "1", "-1", "2", "200", "201", "65535", "65536", "2147483647", "2147483648"],
  ...["-2147483648", "4294967296", "9007199254740991", "9007199254740992", "9007199254740993"],
  ...["1e999", "-1e999", "1e-999", "1e308", "0.1", "0.30000000000000004", "1e21", "1E+2", "5e-324"],
  ...[
    "123456789012345678901234567890",
    "1.7976931348623157e308",
    "0.0000001",
    "-0.5",
    "99999.9995",
  ],
];

/** A text that is odd in itself. */
export function oddText(chance: Chance): string {
  const make = weighted<() => string>(chance, [
    [12, () => chance.pick(oddTexts)],
    [4, () => chance.pick(oddTimes)],
    [4, () => chance.pick(oddTexts) + chance.pick(oddTexts)],
    [3, () => chance.pick(["x", "é", "💥", "\u0000", "\ud800", "'"]).repeat(chance.below(600))],
    [2, () => String.fromCharCode(chance.below(65_536), chance.below(65_536), chance.below(128))],
  ]);
  return make();
}

/** An instant, right or wrong. */
export function oddTime(chance: Chance): string {
  return chance.pick(oddTimes);
}

/** A number as JSON writes it, but few programs read it. */
export function oddNumber(chance: Chance): unknown {
  return asWritten(chance.pick(oddNumbers));
}

/** Brackets upon brackets; a thousand of them are no work for a reader that does not recurse. */
export function deep(chance: Chance): unknown {
  const depth = chance.pick([2, 10, 100, 1000, 3000]);
  const [open, close] = chance.pick([
    ["[", "]"],
    ['{"a":', "}"],
    ['[{"a":', "}]"],
  ] as const);
  return asWritten(`${open.repeat(depth)}1${close.repeat(depth)}`);
}

/** Anything at all. */
export function oddValue(chance: Chance): unknown {
  const make = weighted<() => unknown>(chance, [
    [6, () => chance.pick([null, true, false, "", 0, [], {}])],
    [6, () => oddText(chance)],
    [6, () => oddNumber(chance)],
    [1, () => deep(chance)],
    [2, () => [oddText(chance), oddNumber(chance)]],
    [2, () => ({ [chance.pick(oddNames)]: oddText(chance) })],
    [1, () => ({ toString: 1, toJSON: "x", length: -1 })],
    [1, () => "x".repeat(chance.pick([255, 256, 1_000, 20_000]))],
  ]);
  return make();
}
