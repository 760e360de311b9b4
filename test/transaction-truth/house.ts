// A Motown for stories: on a calendar of the test's own, spoken to over the wire and the API alone.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testLog } from "#support/environment";
import { type Motown, startMotown } from "../../src/main/motown.ts";
import { loadSettings, type Settings } from "../../src/main/settings.ts";
import { beginning } from "./instants.ts";
import { type StoryClock, storyClock } from "./story-clock.ts";

export type Item = Readonly<Record<string, unknown>>;

const apiKey = "test-key-0123456789abcdef";
/** Views wake at once: nothing else happens at the same time. */
const viewWakeMs = 1;

/** A moment at which the store fails for the fact of a station. */
export type Moment = "beforeCommit" | "afterCommit";

/** A Motown that cases share; one that dies in a case is the case's own. */
export class House {
  readonly clock: StoryClock = storyClock(beginning);
  readonly log = testLog();
  readonly #settings: Settings;
  #motown: Motown | undefined;
  #stations = 0;

  private constructor(settings: Settings) {
    this.#settings = settings;
  }

  static async open(database: "memory" | "sqlite"): Promise<House> {
    const dataDir = await mkdtemp(join(tmpdir(), "motown-truth-"));
    const defaults = await loadSettings([], {});
    const limits = { ...defaults.limits, viewWakeMs };
    const own = { port: 0, host: "127.0.0.1", dataDir, database, apiKey, limits } as const;
    const house = new House({ ...defaults, ...own });
    await house.start();
    await house.token("TAG", { status: "accepted" });
    return house;
  }

  get motown(): Motown {
    if (this.#motown === undefined) throw new Error("Motown does not run");
    return this.#motown;
  }

  /** An id that no other case has. */
  newStationId(): string {
    this.#stations += 1;
    return `CP-${this.#stations}`;
  }

  /** Starts Motown; its views have caught up, so that stations need not wait for them. */
  async start(): Promise<void> {
    this.#motown = await startMotown(this.#settings, { log: this.log, clock: this.clock });
    await this.#motown.idle();
  }

  /** Lets the store fail once, for the next fact of a station: before or after it is durable. */
  strike(moment: Moment): void {
    const { store } = this.motown;
    const append = store.append.bind(store);
    store.append = async (unit) => {
      if (unit.receipt === undefined) return append(unit);
      store.append = append;
      if (moment === "afterCommit") await append(unit);
      throw new Error(`struck ${moment}`);
    };
  }

  async halt(): Promise<void> {
    await this.#motown?.stop();
    this.#motown = undefined;
  }

  async close(): Promise<void> {
    await this.halt();
    await rm(this.#settings.dataDir, { recursive: true, force: true });
  }

  async api<Body = Item>(method: string, path: string, body?: unknown): Promise<Body> {
    const json = { "content-type": "application/json" };
    const response = await fetch(`http://127.0.0.1:${this.motown.port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? {} : JSON.parse(text)) as Body;
  }

  token(uid: string, token: Item): Promise<Item> {
    return this.api("PUT", `/tokens/${encodeURIComponent(uid)}`, token);
  }

  admit(stationId: string): Promise<Item> {
    const evses = [1, 2].map((evseId) => ({
      ...{ evseId, connectors: [{ connectorId: 1, type: "IEC_62196_T2" }] },
    }));
    return this.api("POST", "/charging-stations", { stationId, accepted: true, evses });
  }
}
