// What one case has of its own: its stations, what they were answered, and its part of the log.
import { CallError, OcppClient } from "#support/ocpp-client";
import type { House, Item } from "./house.ts";
import type { StoredEvent } from "./names.ts";
import type { Call, Heard, Payload, Speaker, Speech } from "./speech/speech.ts";

/** What became of a call about a session. */
export type Answered = Heard | "no answer" | { readonly refused: string };

/** A station of the story: what it knows, what it told, and its connection if it has one. */
export interface Station {
  readonly stationId: string;
  readonly speaker: Speaker;
  /** What it told, by the story's name for it (`start of A`). */
  readonly told: Map<string, () => Call>;
  client: OcppClient | undefined;
}

/** One case's world. */
export class World {
  readonly house: House;
  readonly speech: Speech;
  readonly answers: Answered[] = [];
  readonly clients: OcppClient[] = [];
  /** What becomes of Motown's answers on their way. */
  hearing: "well" | "answers are lost" | "no answers come" = "well";
  /** The station that the case is about. */
  readonly hero: Station;
  /** The one that acts right now. */
  station: Station;
  readonly #crooked: boolean;

  private constructor(house: House, given: { readonly speech: Speech; readonly crooked: boolean }) {
    this.house = house;
    this.speech = given.speech;
    this.#crooked = given.crooked;
    this.hero = this.newStation();
    this.station = this.hero;
  }

  /** A station that is served, and connected. */
  static async open(
    house: House,
    given: { readonly speech: Speech; readonly crooked: boolean },
  ): Promise<World> {
    const world = new World(house, given);
    await house.admit(world.hero.stationId);
    await world.connect();
    return world;
  }

  newStation(): Station {
    const stationId = this.house.newStationId();
    return { stationId, speaker: this.speech.speaker(), told: new Map(), client: undefined };
  }

  /** The acting station's connection. */
  get client(): OcppClient {
    const { client, stationId } = this.station;
    if (client === undefined) throw new Error(`${stationId} is not connected`);
    return client;
  }

  /** Sends a CALL; resolves with the answer, or with the code of the CALLERROR. */
  async ask({ action, payload }: Call): Promise<Payload | string> {
    return this.client.call(action, { ...payload }).catch((error: unknown) => {
      if (error instanceof CallError) return error.code;
      throw error;
    });
  }

  async connect(): Promise<void> {
    const client = new OcppClient({
      ...{ port: this.house.motown.port, stationId: this.station.stationId },
      ...{ protocols: [this.speech.protocol], strict: !this.#crooked },
    });
    const { action, accepted } = this.speech.remoteStop;
    client.answers(action, accepted);
    this.clients.push(client);
    await client.connect();
    this.station.client = client;
  }

  /** The connection is gone without a word. */
  async cut(): Promise<void> {
    await this.client.terminate();
    this.station.client = undefined;
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.terminate().catch(() => {})));
  }

  /** Everything that the log holds about the station, oldest first. */
  async events(): Promise<readonly StoredEvent[]> {
    const path = `/charging-stations/${this.hero.stationId}/events?limit=500`;
    const { items } = await this.house.api<{ items: StoredEvent[] }>("GET", path);
    return items.reverse();
  }

  /** Every session of the station as the API shows it, once it has caught up. */
  async shown(): Promise<readonly Item[]> {
    await this.house.motown.idle();
    const path = `/transactions?stationId=${this.hero.stationId}&limit=100`;
    return (await this.house.api<{ items: Item[] }>("GET", path)).items;
  }
}
