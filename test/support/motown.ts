import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Limits } from "#limits";
import { type Motown, startMotown } from "../../src/main/motown.ts";
import { loadSettings, type Settings } from "../../src/main/settings.ts";
import { type TestLog, testLog } from "./environment.ts";

/** What the API answered. */
export interface ApiAnswer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** A whole Motown in this process, on a free port, spoken to over HTTP and WebSocket alone. */
export interface TestMotown {
  readonly motown: Motown;
  readonly log: TestLog;
  readonly apiUrl: string;
  /** `ws://127.0.0.1:port/ocpp`, to which a station adds its id. */
  readonly wireUrl: string;
  readonly apiKey: string;
  readonly directory: string;
  api<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer<Body>>;
  /** Accepts and configures a station through the API; EVSEs 1 to `evses`. */
  admit(stationId: string, evses?: number): Promise<void>;
  /** A token of local authorization, through the API. */
  token(uid: string, token?: Record<string, unknown>): Promise<void>;
  idle(): Promise<void>;
  /** Stops and starts again on the same data; only with the database `sqlite`. */
  restart(whileAway?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const apiKey = "test-key-0123456789abcdef";

/** Starts Motown in memory (or, by setting, on disk). Stop it in `afterEach` or `afterAll`. */
export async function startTestMotown(
  given: Partial<Omit<Settings, "limits">> & { readonly limits?: Partial<Limits> } = {},
): Promise<TestMotown> {
  const directory = await mkdtemp(join(tmpdir(), "motown-test-"));
  const defaults = await loadSettings([], {});
  const own = {
    port: 0,
    host: "127.0.0.1",
    dataDir: directory,
    database: "memory",
    apiKey,
  } as const;
  const limits: Limits = { ...defaults.limits, sweepIntervalMs: 50, ...given.limits };
  const settings: Settings = { ...defaults, ...own, ...given, limits };
  const log = testLog();
  let motown = await startMotown(settings, { log });
  const apiUrl = () => `http://127.0.0.1:${motown.port}`;

  const api: TestMotown["api"] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${apiUrl()}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "");
    const parsed = text === "" ? {} : isJson ? JSON.parse(text) : text;
    return { status: response.status, body: parsed, headers: response.headers };
  };

  const mustBe = (answer: ApiAnswer, status: number): void => {
    if (answer.status === status) return;
    throw new Error(`the API answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  };

  return {
    get motown() {
      return motown;
    },
    ...{ log, apiKey, directory, api },
    get apiUrl() {
      return apiUrl();
    },
    get wireUrl() {
      return `ws://127.0.0.1:${motown.port}/ocpp`;
    },
    admit: async (stationId, evses = 2) => {
      const list = Array.from({ length: evses }, (_none, index) => ({
        evseId: index + 1,
        connectors: [{ connectorId: 1, type: "IEC_62196_T2" }],
      }));
      const station = { stationId, accepted: true, evses: list };
      mustBe(await api("POST", "/api/v1/charging-stations", station), 201);
    },
    token: async (uid, token = { status: "accepted" }) => {
      const answer = await api("PUT", `/api/v1/tokens/${encodeURIComponent(uid)}`, token);
      if (answer.status >= 300) mustBe(answer, 200);
    },
    idle: () => motown.idle(),
    restart: async (whileAway) => {
      await motown.stop();
      await whileAway?.();
      motown = await startMotown(settings, { log });
    },
    stop: async () => {
      await motown.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
