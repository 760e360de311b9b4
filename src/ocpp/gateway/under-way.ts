// Handshakes that are being judged. A slow store lets them wait; their stations give up and come
// again, and what they have left behind must not push out what they came with.
import type { Duplex } from "node:stream";
import type { StationKey } from "#core";

/** One handshake under way. */
export interface UnderWay {
  /** It is this station's, if what it says is true. */
  isOf(key: StationKey): void;
  /**
   * Its station is about to have its newest connection by it. False: the station has given it up,
   * or has come in by a later one; it must not go on.
   */
  takesTurn(): boolean;
  /** The station has hung up, or nobody waited any longer. */
  readonly isGivenUp: boolean;
  /** It is judged: its socket is somebody else's from now on. */
  leave(): void;
}

/** All of one gateway. */
export interface HandshakesUnderWay {
  enter(socket: Duplex): UnderWay;
}

export function createHandshakesUnderWay(): HandshakesUnderWay {
  const ofStation = new Map<StationKey, Set<Handshake>>();
  let arrivals = 0;
  return {
    enter: (socket) => {
      arrivals += 1;
      return new Handshake(socket, { arrival: arrivals, ofStation });
    },
  };
}

interface Place {
  readonly arrival: number;
  /** Those of the same station, in the order of their arrival or not. */
  readonly ofStation: Map<StationKey, Set<Handshake>>;
}

class Handshake implements UnderWay {
  readonly #socket: Duplex;
  readonly #place: Place;
  #key: StationKey | undefined;
  #isOvertaken = false;

  constructor(socket: Duplex, place: Place) {
    this.#socket = socket;
    this.#place = place;
    // Nobody reads until it is judged, and whoever does not read never hears of a hang-up.
    socket.on("readable", lookForEnd);
    socket.on("end", hangUp);
  }

  get isGivenUp(): boolean {
    return this.#socket.destroyed;
  }

  isOf(key: StationKey): void {
    this.#key = key;
    const { ofStation } = this.#place;
    const others = ofStation.get(key);
    if (others === undefined) ofStation.set(key, new Set([this]));
    else others.add(this);
  }

  takesTurn(): boolean {
    if (this.#isOvertaken || this.isGivenUp) return false;
    for (const other of this.#others()) {
      if (other.#place.arrival < this.#place.arrival) other.#isOvertaken = true;
    }
    return true;
  }

  leave(): void {
    this.#socket.off("readable", lookForEnd);
    this.#socket.off("end", hangUp);
    const others = this.#others();
    others.delete(this);
    if (this.#key !== undefined && others.size === 0) this.#place.ofStation.delete(this.#key);
  }

  #others(): Set<Handshake> {
    const { ofStation } = this.#place;
    return (this.#key !== undefined && ofStation.get(this.#key)) || new Set();
  }
}

/** What has come waits for whom it is for; where nothing waits, an end is met by reading on. */
function lookForEnd(this: Duplex): void {
  if (this.readableLength === 0) this.read();
}

/** A station that says nothing more cannot want to be heard. */
function hangUp(this: Duplex): void {
  this.destroy();
}
