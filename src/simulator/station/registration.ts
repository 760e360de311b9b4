import type { Timer } from "../time.ts";
import type { Payload } from "../wire/frames.ts";
import type { Station } from "./station.ts";

/** What the CSMS thinks of the station. `none`: it was not asked since power came on. */
export type RegistrationStatus = "none" | "Accepted" | "Pending" | "Rejected";

/** A clock that differs by less is left alone. */
const skewMsMax = 2_000;
const retrySecondsDefault = 30;

/** The boot, knocking until it is accepted, and the heartbeat after it (OCPP 1.6 §4.2, §4.6). */
export class Registration {
  readonly #station: Station;
  #status: RegistrationStatus = "none";
  #timer: Timer | undefined;

  constructor(station: Station) {
    this.#station = station;
  }

  get status(): RegistrationStatus {
    return this.#status;
  }

  /** Power is off. */
  forget(): void {
    this.#status = "none";
    this.#timer?.cancel();
  }

  /** The socket is open. A station that was accepted does not boot again for it. */
  connected(): void {
    if (this.#status === "Accepted") this.#station.served();
    else void this.boot();
  }

  /** Also on request, by a TriggerMessage. */
  async boot(): Promise<void> {
    this.#timer?.cancel();
    const answer = await this.#station.call("BootNotification", this.#station.nameplate());
    if (answer.kind === "lost") return;
    if (answer.kind !== "result") {
      this.#knockAgain(retrySecondsDefault);
      return;
    }
    this.#takeClock(answer.payload);
    const { status, interval } = answer.payload as { status: string; interval: number };
    const seconds = interval > 0 ? interval : retrySecondsDefault;
    if (status === "Accepted") {
      this.#status = "Accepted";
      this.#station.configuration.set("HeartbeatInterval", String(seconds));
      this.#station.served();
      return;
    }
    this.#status = status === "Pending" ? "Pending" : "Rejected";
    this.#knockAgain(seconds);
  }

  /** Starts the heartbeat anew, for example with another interval. */
  beat(): void {
    this.#timer?.cancel();
    if (this.#status !== "Accepted") return;
    const milliseconds = this.#station.configuration.int("HeartbeatInterval") * 1000;
    this.#timer = this.#station.time.after(milliseconds, () => {
      if (this.#station.online) void this.heartbeat();
      this.beat();
    });
  }

  async heartbeat(): Promise<void> {
    const answer = await this.#station.call("Heartbeat", {});
    if (answer.kind === "result") this.#takeClock(answer.payload);
  }

  #knockAgain(seconds: number): void {
    this.#timer = this.#station.time.after(seconds * 1000, () => {
      if (this.#station.link.isOpen) void this.boot();
    });
  }

  #takeClock({ currentTime }: Payload): void {
    const station = this.#station;
    if (station.clockIsStuck || typeof currentTime !== "string") return;
    const skew = Date.parse(currentTime) - station.now();
    if (Math.abs(skew) > skewMsMax) station.clockOffsetMs += skew;
  }
}
