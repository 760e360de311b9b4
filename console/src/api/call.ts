// The only place that speaks to the server. Everything is typed by the API's own document.
import { once, unsure } from "./once.ts";
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
  /** Nothing is changed by it, so that nobody need know whether it arrived. */
  readonly harmless?: boolean;
}

/** An answer that has not come by then does not come any more. */
const answerMs = 60_000;
/** Statuses of a proxy that finds nobody behind it. */
const nobodyThere: ReadonlySet<number> = new Set([502, 503, 504]);

const nothing = () => {};
const here = { csrf: "", ended: nothing, repeated: nothing };

/** By these the API says that the session is over, or that it is another one than this page's. */
const isOfAnother: ReadonlySet<string> = new Set(["SessionEnded", "CsrfTokenMissing"]);

/** What proves that this page, and no other site, asks; from the session. */
export function holdToken(csrf: string): void {
  here.csrf = csrf;
}

/** Called when the API says that nobody is signed in any more, or somebody else. */
export function onSessionEnded(ended: () => void): void {
  here.ended = ended;
}

/** Called when the server says that it has done something already the first time it was sent. */
export function onRepeated(repeated: () => void): void {
  here.repeated = repeated;
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
  const sent = JSON.stringify((asked as { readonly body?: unknown }).body);
  const headers: Record<string, string> = {
    accept: "application/json",
    ...ownHeaders(),
    ...(sent === undefined ? {} : { "content-type": "application/json" }),
    ...(options.wait === undefined ? {} : { prefer: `wait=${options.wait}` }),
  };
  const url = addressOf(operation, asked);
  const init = { method, headers, ...(sent === undefined ? {} : { body: sent }) };
  if (method === "GET" || options.harmless === true) return answerOf(url, init, options);
  // It says how a thing is to be: as often as one likes.
  if (method === "PUT") return unsure(() => answerOf(url, init, options));
  return once(`${method} ${url} ${sent}`, (key) =>
    answerOf(url, { ...init, headers: { ...headers, "idempotency-key": key } }, options),
  );
}

/** What the server answers, within the time that it has for it. */
async function answerOf<A>(url: string, init: RequestInit, options: Options): Promise<A> {
  const { signal, wait = 0 } = options;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), answerMs + wait * 1_000);
  const ends = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
  try {
    const response = await reach(url, { ...init, signal: ends });
    if (response.headers.has("idempotency-replayed")) here.repeated();
    return (response.status === 204 ? null : await readable(response)) as A;
  } catch (error) {
    if (late.signal.aborted && signal?.aborted !== true) throw unreachable();
    throw error;
  } finally {
    clearTimeout(timer);
  }
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
    throw unreachable();
  }
  if (response.ok) return response;
  const refusal = (await readable(response)) as Refusal;
  if (isOfAnother.has(refusal.code)) here.ended();
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  throw new Refused(
    asProblem(refusal, response),
    Number.isNaN(retryAfter) ? undefined : retryAfter,
  );
}

async function readable(response: Response): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => {
    // Whoever gave it up knows; else the server went away in the middle of it.
    throw error instanceof DOMException && error.name === "AbortError" ? error : unreachable();
  });
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    // A proxy's own page, for example.
    const title = `${response.status} ${response.statusText}`;
    if (nobodyThere.has(response.status)) throw unreachable(title);
    throw new Refused({ code: "Unreadable", title, detail: text.slice(0, 300) });
  }
}

function unreachable(detail?: string): Refused {
  return new Refused({ code: "Unreachable", title: "The server cannot be reached.", detail });
}

function asProblem(said: unknown, { status, statusText }: Response): Refusal {
  const problem = said as Partial<Problem> | null;
  if (typeof problem?.code === "string") return problem as Problem;
  return { code: "Unreadable", title: `${status} ${statusText}` };
}
