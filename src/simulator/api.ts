import { limits } from "./limits.ts";

/** What the API answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The public API, as anyone sees it. */
export interface Api {
  readonly url: string;
  call(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
}

/** A reason to stop that is told in plain words, without a stack. */
export class PlainError extends Error {}

/** A client of the API. Fails with a PlainError when the server is not there or refuses the key. */
export function createApi(options: { url: string; key: string | undefined }): Api {
  const url = options.url.replace(/\/+$/, "");
  const authorization = options.key && { authorization: `Bearer ${options.key}` };
  return {
    url,
    async call(method, path, body) {
      let response: Response;
      let text: string;
      try {
        response = await fetch(path.startsWith("http") ? path : `${url}${path}`, {
          method,
          headers: {
            ...authorization,
            accept: "application/json",
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          signal: AbortSignal.timeout(limits.apiCallMs),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        text = await response.text();
      } catch (error) {
        throw new PlainError(notThere(url, error));
      }
      if (response.status === 401 || response.status === 403) {
        const why = options.key ? "refuses this API key" : "wants an API key";
        throw new PlainError(`${url} ${why} (${method} ${path}: ${response.status}).`);
      }
      return { status: response.status, body: parsed(text) };
    },
  };
}

function notThere(url: string, error: unknown): string {
  const reason = error instanceof Error ? error : new Error(String(error));
  const cause = reason.cause as NodeJS.ErrnoException | undefined;
  const why = cause?.code ?? cause?.message ?? reason.message;
  return `Nobody answers at ${url} (${why}). Is Motown running? Start it with: npm start`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Fails in words if the API did not do what it was asked to. */
export function expectDone(what: string, answer: ApiAnswer): void {
  if (answer.status >= 200 && answer.status < 300) return;
  const problem = answer.body as { title?: string; detail?: string } | string;
  const words = typeof problem === "string" ? problem : (problem?.detail ?? problem?.title);
  throw new PlainError(`${what} failed: ${answer.status} ${words ?? ""}`.trim());
}

/** Runs a task for each item, a few at a time. */
export async function eachOf<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await run(item);
  };
  await Promise.all(Array.from({ length: limits.apiConcurrency }, worker));
}
