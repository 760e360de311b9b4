import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type Server, startServer } from "../../bench/process/server.ts";
import type { NetworkPlace } from "./network.ts";

/** What a node of a drill is started with. */
export interface NodeOptions {
  readonly name: string;
  readonly apiKey: string;
  readonly environment: Readonly<Record<string, string>>;
  /** In a network of its own; absent: on this machine's loopback. */
  readonly place?: NetworkPlace | undefined;
}

/** One node: of one name, address and folder, however often its process ends. */
export class DrillNode {
  readonly name: string;
  readonly place: NetworkPlace | undefined;
  readonly #options: NodeOptions;
  readonly #dataDir = mkdtempSync(join(tmpdir(), "motown-node-"));
  #port: number | undefined;
  #server: Server | undefined;
  #isWanted = false;

  constructor(options: NodeOptions) {
    this.name = options.name;
    this.place = options.place;
    this.#options = options;
  }

  /** Its process, dead or alive. */
  get server(): Server {
    if (this.#server === undefined) throw new Error(`${this.name} was never started`);
    return this.#server;
  }

  /** Starts its process, and waits until it can serve. */
  async start(): Promise<void> {
    const { name, apiKey, environment, place } = this.#options;
    this.#port ??= await freePort();
    const host = place?.address ?? "127.0.0.1";
    this.#isWanted = true;
    this.#server = await startServer({
      ...{ apiKey, port: this.#port, host, dataDir: this.#dataDir },
      under: place?.under ?? [],
      args: ["--node", name, "--node-url", `http://${host}:${this.#port}`],
      environment,
    });
  }

  /** As if its machine lost its power, as far as the process goes. */
  async kill(): Promise<void> {
    this.#isWanted = false;
    await this.server.stop("SIGKILL");
  }

  /** As somebody stops it who wants it to drain; what is wrong with how it ended. */
  async stop(): Promise<string[]> {
    this.#isWanted = false;
    if (!this.server.running()) return [];
    await this.server.stop();
    const { code, signal } = await this.server.exit;
    if (code === 0) return [];
    return [`${this.name} did not end in order (${signal ?? code}): ${this.server.said()}`];
  }

  /** Its process stands still, and everybody finds it open and silent. */
  freeze(): void {
    process.kill(this.server.pid, "SIGSTOP");
  }

  thaw(): void {
    process.kill(this.server.pid, "SIGCONT");
  }

  /** What is wrong, if it ended and nobody had wanted that. */
  crash(): string[] {
    if (!this.#isWanted || this.#server === undefined || this.#server.running()) return [];
    return [`${this.name} ended by itself: ${this.#server.said()}`];
  }

  async remove(): Promise<void> {
    this.#isWanted = false;
    await this.#server?.stop("SIGKILL");
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}
