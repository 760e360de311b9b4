// The real server as a child process, as `npm start` runs it.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { nodeFlags } from "../../tools/node-flags.mjs";
import type { ApiAccess } from "../fleet.ts";
import { type Child, startChild, whileRunning } from "./child.ts";

const root = resolve(import.meta.dirname, "../..");
/** Beside other work a start can take long; what is timed is timed elsewhere. */
const readyWithinMs = 120_000;

export interface ServerOptions {
  /** Default: a folder of its own, removed when it is stopped. */
  readonly dataDir?: string;
  readonly port?: number;
  /** Default: this machine alone. */
  readonly host?: string;
  readonly apiKey?: string;
  /** Default: that of this tree. */
  readonly program?: string;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Of Node, as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
  /** A program that runs it, as `strace -f`. */
  readonly under?: readonly string[];
  /** False: do not wait until it is ready. */
  readonly wait?: boolean;
}

export interface Server extends ApiAccess, Child {
  readonly port: number;
  readonly dataDir: string;
  /** `ws://127.0.0.1:8080/ocpp` */
  readonly stationUrl: string;
  /** What `/readyz` says now; undefined when nobody answers. */
  readonly readiness: () => Promise<Readiness | undefined>;
}

export interface Readiness {
  readonly status: number;
  readonly body: string;
}

/** Starts Motown and waits until it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "motown-bench-"));
  const port = options.port ?? (await freePort());
  const host = options.host ?? "127.0.0.1";
  const apiKey = options.apiKey ?? randomBytes(24).toString("base64url");
  const child = startChild(
    [
      ...(options.under ?? []),
      process.execPath,
      ...nodeFlags,
      ...(options.nodeOptions ?? []),
      options.program ?? join(root, "src", "main.ts"),
      ...["--port", String(port), "--host", host, "--data-dir", dataDir],
      ...(options.args ?? []),
    ],
    { MOTOWN_API_KEY: apiKey, ...options.environment },
  );
  const apiUrl = `http://${host}:${port}`;
  const readiness = () => readinessOf(apiUrl);
  const stop = async (signal?: NodeJS.Signals) => {
    await child.stop(signal);
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  const stationUrl = `ws://${host}:${port}/ocpp`;
  const server = { ...child, stop, port, dataDir, apiKey, apiUrl, stationUrl, readiness };
  if (options.wait ?? true) await ready(server);
  return server;
}

async function ready(server: Server): Promise<void> {
  try {
    await whileRunning(server, { what: "/readyz", withinMs: readyWithinMs }, async () => {
      const found = await server.readiness();
      return found?.status === 200 ? found : undefined;
    });
  } catch (error) {
    await server.stop("SIGKILL");
    throw error;
  }
}

async function readinessOf(apiUrl: string): Promise<Readiness | undefined> {
  try {
    const response = await fetch(`${apiUrl}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return { status: response.status, body: await response.text() };
  } catch {
    // Not there yet, or not any more: that is the answer.
    return undefined;
  }
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
