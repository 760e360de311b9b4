// The only place that speaks to the server. Everything is typed by the API's own document.
import { type Operations, operations, type Problem } from "./operations.gen.ts";
import { type Refusal, Refused } from "./problem.ts";

/** Name of an operation of the API. */
export type Operation = keyof Operations;

/** Operations that only look. */
export type Look = Extract<Operation, `get${string}`>;

type Part<Name extends string, T> = [T] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : [Record<never, never>] extends [T]
    ? { readonly [K in Name]?: T }
    : { readonly [K in Name]: T };

/** What an operation takes: parts of its address, its query, its body. */
export type Asked<O extends Operation> = Part<"params", Operations[O]["params"]> &
  Part<"query", Operations[O]["query"]> &
  Part<"body", Operations[O]["body"]>;

/** What an operation answers. */
export type Answer<O extends Operation> = Operations[O]["answer"];

/** An item of a list. */
export type Item<O extends Operation> =
  Answer<O> extends { readonly items: readonly (infer I)[] } ? I : never;

interface Options {
  readonly signal?: AbortSignal | undefined;
  /** Seconds that the server may wait for the outcome of a request. */
  readonly wait?: number | undefined;
}

const here: { csrf: string; ended: () => void } = { csrf: "", ended: () => {} };

/** What proves that this page, and no other site, asks; from the session. */
export function holdToken(csrf: string): void {
  here.csrf = csrf;
}

/** Called when the API says that nobody is signed in any more. */
export function onSessionEnded(ended: () => void): void {
  here.ended = ended;
}

/** Headers that every request carries. */
export function ownHeaders(): Record<string, string> {
  return { "x-csrf-token": here.csrf };
}

/** Asks the API. What it refuses is thrown as `Refused`. */
export async function call<O extends Operation>(
  operation: O,
  asked: Asked<O>,
  options: Options = {},
): Promise<Answer<O>> {
  const [method] = operations[operation];
  const { body } = asked as { readonly body?: unknown };
  const response = await reach(addressOf(operation, asked), {
    method,
    headers: {
      accept: "application/json",
      ...ownHeaders(),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(method === "POST" ? { "idempotency-key": randomKey() } : {}),
      ...(options.wait === undefined ? {} : { prefer: `wait=${options.wait}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  if (response.status === 204) return null as Answer<O>;
  return (await readable(response)) as Answer<O>;
}

/** The address of an operation with its parts filled in. */
export function addressOf<O extends Operation>(operation: O, asked: Asked<O>): string {
  const [, path] = operations[operation];
  const { params = {}, query = {} } = asked as {
    readonly params?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
  };
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}

const early = new Map<string, Promise<Response>>();

/**
 * Asks at once for what is wanted later, by code that has not come yet. The answer is taken once:
 * who asks the same again wants to know how it is now.
 */
export function askEarly<O extends Look>(operation: O, asked: Asked<O>): void {
  const url = addressOf(operation, asked);
  const headers = { accept: "application/json" };
  const answer = fetch(url, { credentials: "same-origin", headers });
  // Whoever takes it is told; if nobody does, nobody wanted to know.
  answer.catch(() => {});
  early.set(url, answer);
}

function takeEarly(url: string, method: string | undefined): Promise<Response> | undefined {
  if (method !== "GET") return undefined;
  const answer = early.get(url);
  early.delete(url);
  return answer;
}

/** A request that the server answered well; else what it refused is thrown. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await (takeEarly(url, init.method) ??
      fetch(url, { credentials: "same-origin", ...init }));
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new Refused({ code: "Unreachable", title: "The server cannot be reached." });
  }
  if (response.ok) return response;
  const refusal = (await readable(response)) as Refusal;
  if (refusal.code === "SessionEnded") here.ended();
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  throw new Refused(
    asProblem(refusal, response),
    Number.isNaN(retryAfter) ? undefined : retryAfter,
  );
}

async function readable(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    // A proxy's own page, for example.
    const title = `${response.status} ${response.statusText}`;
    throw new Refused({ code: "Unreadable", title, detail: text.slice(0, 300) });
  }
}

function asProblem(said: unknown, { status, statusText }: Response): Refusal {
  const problem = said as Partial<Problem> | null;
  if (typeof problem?.code === "string") return problem as Problem;
  return { code: "Unreadable", title: `${status} ${statusText}` };
}

/** `crypto.randomUUID` is not there without TLS, and a console may be. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
