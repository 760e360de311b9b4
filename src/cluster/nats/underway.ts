import type { NatsConnection } from "@nats-io/transport-node";
import type { CarrierParts } from "../carrier.ts";

/**
 * What was sent over a connection and has not come to the server yet. The driver would take any
 * amount; the server is asked whether it has what went out, one question at a time.
 */
export class Underway {
  readonly #parts: Pick<CarrierParts, "limits" | "condition">;
  #messages = 0;
  #bytes = 0;
  #isAsking = false;

  constructor(parts: Pick<CarrierParts, "limits" | "condition">) {
    this.#parts = parts;
  }

  hasRoom(bytes: number): boolean {
    const { limits, condition } = this.#parts;
    const { nodeMessagesMax, nodeMessagesCharactersMax } = limits;
    const isRoom =
      this.#messages < nodeMessagesMax && this.#bytes + bytes <= nodeMessagesCharactersMax;
    if (!isRoom) condition.ill("sending", "NATS takes messages slower than they are sent");
    return isRoom;
  }

  sent(connection: NatsConnection, bytes: number): void {
    this.#messages += 1;
    this.#bytes += bytes;
    if (!this.#isAsking) this.#ask(connection);
  }

  #ask(connection: NatsConnection): void {
    const [messages, bytes] = [this.#messages, this.#bytes];
    const { condition } = this.#parts;
    this.#isAsking = true;
    connection.flush().then(
      () => {
        this.#messages -= messages;
        this.#bytes -= bytes;
        this.#isAsking = false;
        condition.well("sending");
        if (this.#messages > 0) this.#ask(connection);
      },
      // The connection is over: another one begins with nothing underway.
      () => undefined,
    );
  }
}
