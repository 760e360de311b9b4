import { connect, type NatsConnection, type Status } from "@nats-io/transport-node";
import { Backoff } from "../backoff.ts";
import type { CarrierParts } from "../carrier.ts";
import {
  entryOf,
  type NatsOptions,
  type ServerAddress,
  serversOf,
  shownServer,
} from "./options.ts";
import { whyAway } from "./problems.ts";

interface LinkParts extends Pick<CarrierParts, "node" | "clock" | "limits" | "log" | "condition"> {
  readonly nats: NatsOptions;
  /** Prepares a new connection, before anything is sent over it. */
  readonly connected: (connection: NatsConnection) => void;
}

/** So many unanswered pings are too many. */
const pingsMax = 2;

/**
 * A connection to NATS that is made anew whenever it is lost, with another server of the list if
 * there is one. The driver's own reconnecting is off: it would keep what is sent in the meantime,
 * without limit, and would read no file again.
 */
export class Link {
  readonly #parts: LinkParts;
  readonly #servers: readonly ServerAddress[];
  readonly #backoff: Backoff;
  readonly #tried = Promise.withResolvers<void>();
  #next: number;
  #current: NatsConnection | undefined;
  #hasConnected = false;
  #over: Promise<void> = Promise.resolve();

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#servers = serversOf(parts.nats);
    this.#backoff = new Backoff(parts.clock, parts.limits);
    // Nodes spread over the servers.
    this.#next = [...parts.node].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  }

  /** Undefined: NATS is away. */
  get connection(): NatsConnection | undefined {
    return this.#current?.isClosed() === false ? this.#current : undefined;
  }

  /** Resolves when it is connected, or no server could be reached at the first try. */
  start(): Promise<void> {
    this.#over = this.#go();
    return this.#tried.promise;
  }

  async close(): Promise<void> {
    const { clock, limits } = this.#parts;
    this.#backoff.close();
    await this.#over;
    const connection = this.connection;
    if (connection === undefined) return;
    const late = Promise.withResolvers<void>();
    const cancel = clock.after(limits.nodeAnswerMs, late.resolve);
    // What was said last goes out, and nobody speaks to this node any more, where NATS takes it.
    const drained = connection.drain().catch(() => undefined);
    await Promise.race([drained, connection.closed(), late.promise]);
    cancel();
    await connection.close();
  }

  async #go(): Promise<void> {
    while (!this.#backoff.isClosed) {
      const connection = await this.#connectToOne();
      if (connection !== undefined) await this.#use(connection);
      this.#tried.resolve();
      if (connection === undefined) await this.#backoff.wait();
    }
  }

  /** Resolves when it is over, or about to be. */
  async #use(connection: NatsConnection): Promise<void> {
    // Listened to from its first word on: it may be what this node is not allowed.
    const over = this.#untilOver(connection);
    try {
      await this.#change(connection);
    } catch (error) {
      this.#isAway(whyAway(error));
      return this.#backoff.wait();
    }
    this.#tried.resolve();
    const why = await Promise.race([over, this.#backoff.closing]);
    if (!this.#backoff.isClosed) this.#isAway(why);
  }

  /** Tries each server once. */
  async #connectToOne(): Promise<NatsConnection | undefined> {
    for (let tries = 0; tries < this.#servers.length && !this.#backoff.isClosed; tries += 1) {
      const server = this.#servers[this.#next % this.#servers.length] as ServerAddress;
      this.#next += 1;
      try {
        return await this.#connectTo(server);
      } catch (error) {
        this.#isAway(`${whyAway(error)} (${shownServer(server)})`);
      }
    }
    return undefined;
  }

  async #connectTo(server: ServerAddress): Promise<NatsConnection> {
    const { node, nats, limits } = this.#parts;
    return connect({
      ...(await entryOf(nats, server)),
      name: `motown ${node}`,
      noEcho: true,
      reconnect: false,
      // Names are asked of the system, whose files know more than the name servers alone.
      resolve: false,
      ignoreClusterUpdates: true,
      timeout: limits.nodeLinkConnectMs,
      pingInterval: limits.nodeLinkProbeMs,
      maxPingOut: pingsMax,
    });
  }

  /** From here on this one is used; the one before has said and heard all that it had. */
  async #change(connection: NatsConnection): Promise<void> {
    const { condition, log, connected } = this.#parts;
    const before = this.connection;
    condition.well("connection");
    connected(connection);
    // From the answer on the server knows what this node wants to hear.
    const isKnown = connection.flush().catch(() => undefined);
    await Promise.race([isKnown, connection.closed(), this.#backoff.closing]);
    this.#current = connection;
    this.#backoff.reset();
    if (this.#hasConnected) condition.reconnected();
    this.#hasConnected = true;
    log.info("Connected to NATS", { server: connection.getServer() });
    before?.drain().catch((error: unknown) => {
      log.debug("A connection to NATS was left with things unsaid", { why: whyAway(error) });
    });
  }

  /** Resolves with what has ended it, or when its server is about to stop. */
  async #untilOver(connection: NatsConnection): Promise<string> {
    const leaving = Promise.withResolvers<string>();
    this.#watch(connection, leaving.resolve).catch((error: unknown) => {
      this.#parts.log.error("The state of NATS cannot be followed", { error });
    });
    const closed = connection.closed().then((error) => whyAway(error ?? undefined));
    return Promise.race([closed, leaving.promise]);
  }

  async #watch(connection: NatsConnection, leave: (why: string) => void): Promise<void> {
    for await (const status of connection.status()) this.#heed(status, leave);
  }

  #heed(status: Status, leave: (why: string) => void): void {
    const { log, condition } = this.#parts;
    if (status.type === "ldm") {
      log.info("The NATS server is about to stop; looking for another one", {
        server: status.server,
      });
      leave("the NATS server is about to stop");
    } else if (status.type === "error") {
      const why = whyAway(status.error);
      log.warn("NATS has an objection", { why });
      // The connection goes on without what it is not allowed.
      if (status.error.name === "PermissionViolationError") condition.ill("connection", why);
    }
  }

  /** One that is about to be left still carries. */
  #isAway(why: string | undefined): void {
    const { condition } = this.#parts;
    if (this.connection === undefined) condition.ill("connection", why ?? whyAway(undefined));
  }
}
