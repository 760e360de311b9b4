// W · ms in one Wh. All arithmetic is on whole numbers, so that no Wh is lost or made up.
const wattMsPerWh = 3_600_000;

/** An energy register as a station has it: whole Wh since it was made, never backwards. */
export class Meter {
  #wh: number;
  #remainder = 0;
  #powerW = 0;
  #readAt: number;
  readonly #speed: number;

  constructor(start: { readonly wh: number; readonly at: number; readonly speed: number }) {
    this.#wh = start.wh;
    this.#readAt = start.at;
    this.#speed = start.speed;
  }

  /** Whole Wh at an instant. */
  read(now: number): number {
    const elapsed = Math.max(0, now - this.#readAt);
    this.#readAt = Math.max(now, this.#readAt);
    const total = this.#remainder + Math.round(this.#powerW * elapsed * this.#speed);
    this.#wh += Math.floor(total / wattMsPerWh);
    this.#remainder = total % wattMsPerWh;
    return this.#wh;
  }

  get powerW(): number {
    return this.#powerW;
  }

  /** The power from this instant on. */
  draw(now: number, powerW: number): void {
    this.read(now);
    this.#powerW = Math.max(0, Math.round(powerW));
  }
}
