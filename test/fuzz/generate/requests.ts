// Requests to the API as its own document describes them, and as no client should send them.
import { type Chance, weighted } from "./chance.ts";
import { asWritten, jsonOf } from "./json.ts";
import { mutated } from "./mutate.ts";
import { deep, oddNames, oddText, oddValue } from "./odd.ts";
import { type Making, type Schema, valueFor } from "./schema.ts";

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly security: readonly unknown[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
  }[];
  readonly body: Schema | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** A request, and whether it says rightly who sends it. */
export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | undefined;
  readonly known: boolean;
}

/** What requests are made with. */
export interface RequestMaking {
  readonly chance: Chance;
  readonly apiKey: string;
  /** Names of things that are there, by parameter or member. */
  readonly known: (name: string, chance: Chance) => unknown;
}

/** A request of an operation: mostly right, wrong in one part or several. */
export function apiRequest(making: RequestMaking, operation: Operation): ApiRequest {
  const { chance } = making;
  const known = !chance.once(25);
  const method = chance.once(60)
    ? chance.pick(["PATCH", "PUT", "DELETE", "POST", "HEAD", "OPTIONS"])
    : operation.method;
  const url = `${pathOf(making, operation)}${queryOf(making, operation)}`;
  const sendsBody =
    method !== "GET" && method !== "HEAD" && (operation.body !== undefined || chance.once(10));
  return {
    ...{ method, url, known },
    headers: headersOf(making, { known, sendsBody, method }),
    payload: sendsBody ? bodyOf(making, operation.body ?? {}) : undefined,
  };
}

const oddSegments = [
  ...[
    "%00",
    "%ZZ",
    "%",
    "%2F",
    "%2f..%2f",
    "..",
    ".",
    "%c0%af",
    "%ed%a0%80",
    "%F0%9F%92%A5",
    "%27%3B--",
  ],
  ...[
    "__proto__",
    "constructor",
    "null",
    "undefined",
    "0",
    "-1",
    "%20",
    "a%20b",
    "*",
    ":id",
    "{id}",
    "%E2%80%AE",
  ],
];

function pathOf({ chance, known }: RequestMaking, { path }: Operation): string {
  const whole = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = known(name, chance);
    if (value !== undefined && !chance.once(6)) return encodeURIComponent(String(value));
    if (chance.once(2)) return chance.pick(oddSegments);
    if (chance.once(8)) return "x".repeat(chance.pick([255, 256, 1_000, 1_001, 5_000]));
    return encodeURIComponent(oddText(chance).toWellFormed());
  });
  return chance.once(80) ? whole + chance.pick(["/", "//", "/x", "%2e%2e", ";a=1", "#x"]) : whole;
}

function queryOf(making: RequestMaking, { parameters }: Operation): string {
  const { chance } = making;
  const asked = parameters.filter((one) => one.in === "query" && chance.once(5));
  const parts = asked.map(({ name, schema }) => `${name}=${queryValue(making, name, schema)}`);
  if (chance.once(15))
    parts.push(`${chance.pick(oddNames)}=${encodeURIComponent(oddText(chance).toWellFormed())}`);
  if (chance.once(40) && parts[0] !== undefined) parts.push(parts[0]);
  if (chance.once(60))
    parts.push(chance.pick(["%", "=", "&&&", "a[b]=1", "%00=%00", "?", "limit"]));
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function queryValue({ chance, known }: RequestMaking, name: string, schema: Schema): string {
  const value = known(name, chance) ?? valueFor({ chance, root: {}, breakOnceIn: 6 }, schema);
  const text = typeof value === "string" ? value : jsonOf(value);
  const cut = text.slice(0, 2_000).toWellFormed();
  return chance.once(10) ? chance.pick(oddSegments) : encodeURIComponent(cut);
}

const types = [
  ...[
    "application/json; charset=utf-16",
    "APPLICATION/JSON",
    "text/plain",
    "application/xml",
    "x",
    "",
  ],
  ...[
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/merge-patch+json",
  ],
];

function headersOf(
  { chance, apiKey }: RequestMaking,
  given: { readonly known: boolean; readonly sendsBody: boolean; readonly method: string },
): Record<string, string> {
  const headers: Record<string, string> = {};
  const authorization = given.known ? `Bearer ${apiKey}` : wrongAuthorization(chance);
  if (authorization !== undefined) headers.authorization = authorization;
  if (given.sendsBody)
    headers["content-type"] = chance.once(25) ? chance.pick(types) : "application/json";
  const add = (onceIn: number, name: string, values: readonly string[]) => {
    if (chance.once(onceIn)) headers[name] = chance.pick(values);
  };
  add(4, "idempotency-key", [
    "k1",
    "k2",
    "k3",
    `k${chance.below(1e6)}`,
    "",
    " ",
    "x".repeat(255),
    "x".repeat(256),
    "é",
  ]);
  add(5, "prefer", [
    "wait=0",
    "wait=1",
    "wait=5",
    "wait=999999",
    "wait=-1",
    "wait=",
    "return=minimal, wait=1",
    "x",
  ]);
  add(20, "if-match", ["*", '"x"', 'W/"x"', "x", '"', '"1"']);
  add(20, "if-none-match", ["*", '"x"', "x"]);
  add(20, "last-event-id", ["", "0", "x", "0-zz", "9".repeat(50), "-1"]);
  add(20, "accept", ["*/*", "text/html", "", "application/json;q=x", "a".repeat(5_000)]);
  add(30, "x-forwarded-for", ["127.0.0.1", "x", "::1, 10.0.0.1"]);
  add(40, "expect", ["100-continue"]);
  add(40, "content-encoding", ["gzip", "br", "x"]);
  return headers;
}

function wrongAuthorization(chance: Chance): string | undefined {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
  return chance.pick([
    ...[
      undefined,
      "",
      "Bearer",
      "Bearer ",
      "Bearer x",
      "Basic",
      "Basic !!!",
      "Digest a",
      "Bearer é",
    ],
    ...[
      basic("admin:wrong"),
      basic(":"),
      basic("x"),
      basic("\u0000:\u0000"),
      `Bearer ${"x".repeat(8_000)}`,
    ],
    ...[
      "Bearer mtn_preset_aaaaaaaaaaaaaaaaaaaaaaaaaaa",
      basic("__proto__:x"),
      basic("constructor:x"),
    ],
  ]);
}

function bodyOf(making: RequestMaking, schema: Schema): string {
  const { chance, known } = making;
  const whole: Making = { chance, root: schema, breakOnceIn: chance.pick([0, 0, 0, 30, 8]), known };
  const make = weighted<() => unknown>(chance, [
    [40, () => valueFor(whole, schema)],
    [4, () => asWritten(mutated(chance, jsonOf(valueFor(whole, schema)), "[1,{}]"))],
    [2, () => oddValue(chance)],
    [1, () => deep(chance)],
    [
      1,
      () =>
        asWritten(
          chance.pick(["", "{", "[", "nul", '{"a":1}{"b":2}', '{"__proto__":{"a":1}}', "\ufeff{}"]),
        ),
    ],
    [1, () => ({ type: oddText(chance), [chance.pick(oddNames)]: oddValue(chance) })],
  ]);
  const text = jsonOf(make());
  return chance.once(200) ? text + " ".repeat(chance.pick([10_000, 300_000])) : text;
}
