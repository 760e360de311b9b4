import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PlainProblem, type ProblemDocument, refusalOf } from "./problem.ts";

/** Where the server is, and how to come in. */
export interface Server {
  readonly url: string;
  readonly dataDir: string;
  readonly key?: string | undefined;
  /** File that holds the key; default: the one that the server left in its data directory. */
  readonly keyFile?: string | undefined;
  /** Told when a list ends before its last item. */
  readonly onMore?: (shown: number) => void;
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

interface Asked {
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the API answers: documents, whose members the caller names. */
export type Document = Readonly<Record<string, unknown>>;

/** Speaks to the API as any other client does. */
export interface ApiClient {
  get(path: string, query?: Query): Promise<Document>;
  send(method: "POST" | "PUT" | "DELETE", path: string, asked?: Asked): Promise<Document>;
  /** Items of a list, page after page, until there are as many as wanted. */
  items(path: string, query: Query, most: number): Promise<readonly Document[]>;
  /** The open answer, for who reads it as it comes. */
  open(path: string, asked?: Asked): Promise<Response>;
}

const pageSize = 200;

/** A client of the server that the options and the environment name. */
export function createApiClient(server: Server): ApiClient {
  refuseUrl(server.url);
  const authorization = `Bearer ${keyOf(server)}`;

  async function call(method: string, path: string, asked: Asked = {}): Promise<Response> {
    const url = new URL(path, server.url);
    for (const [name, value] of Object.entries(asked.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const { body } = asked;
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const response = await reach({ ...server, method }, () =>
      fetch(url, {
        method,
        headers: { authorization, ...json, ...asked.headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (response.ok) return response;
    throw refusalOf(response.status, (await documentOf(response)) as ProblemDocument);
  }

  async function answer(method: string, path: string, asked: Asked = {}): Promise<Document> {
    const response = await call(method, path, asked);
    return reach({ ...server, method }, () => documentOf(response));
  }

  return {
    get: (path, query) => answer("GET", path, query ? { query } : {}),
    send: answer,
    open: (path, asked) => call("GET", path, asked),
    items: async (path, query, most) => {
      const items: Document[] = [];
      let after: string | undefined;
      do {
        const limit = Math.min(pageSize, most - items.length);
        const page = await answer("GET", path, { query: { ...query, limit, after } });
        items.push(...((page.items ?? []) as Document[]));
        after = page.next as string | undefined;
      } while (after !== undefined && items.length < most);
      if (after !== undefined) server.onMore?.(items.length);
      return items;
    },
  };
}

function refuseUrl(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw new PlainProblem(`${url} is no address.`, "Give one as in --url http://host:port");
}

/** The key of `MOTOWN_API_KEY`, else a file's: its own, or the server's in its data directory. */
function keyOf({ key, keyFile = "", dataDir }: Server): string {
  if (key !== undefined && key !== "") return key;
  const file = keyFile === "" ? join(resolve(dataDir), "api-key") : resolve(keyFile);
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EACCES" ? "may not be read by you" : "is not there";
    throw new PlainProblem(
      `The key file ${file} ${why}.`,
      "Start the server once (npm start), or name its folder: --data-dir <folder>",
      "For a server elsewhere: MOTOWN_URL=https://… MOTOWN_API_KEY=… npx motown …",
    );
  }
}

type Reached = Server & { readonly method: string };

async function reach<T>(reached: Reached, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof PlainProblem ? error : unreachable(reached, error as Error);
  }
}

/** At these nothing can have been sent yet. */
const beforehand: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"],
  "UND_ERR_CONNECT_TIMEOUT",
]);

function unreachable({ url, method }: Reached, error: Error): PlainProblem {
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  const why = cause?.code ?? cause?.message ?? error.message;
  if (method !== "GET" && !beforehand.has(why)) {
    return new PlainProblem(
      `The connection to Motown at ${url} broke before its answer came (${why}).`,
      "Perhaps it was done, perhaps not: look before you do it again",
    );
  }
  return new PlainProblem(
    `No Motown answers at ${url} (${why}).`,
    "Start it: npm start",
    "Or say where it is: --url http://host:port, or MOTOWN_URL",
  );
}

async function documentOf(response: Response): Promise<Document> {
  const text = await response.text();
  if (text === "") return {};
  try {
    return JSON.parse(text) as Document;
  } catch {
    return { title: `The server answered ${response.status} with something that is no JSON.` };
  }
}
