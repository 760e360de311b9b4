import type { Timer } from "../time.ts";
import { isSameTag } from "./authorization.ts";

/** A connector kept free for a tag, or any connector if it is 0. */
export interface Reservation {
  readonly reservationId: number;
  readonly connectorId: number;
  readonly idTag: string;
  readonly parentIdTag?: string | undefined;
  readonly expiry: Timer;
}

/** Who wants to charge. */
export interface Bearer {
  readonly idTag: string;
  readonly parentIdTag?: string | undefined;
}

/** The reservations of one station. */
export class Reservations {
  readonly #byId = new Map<number, Reservation>();

  get size(): number {
    return this.#byId.size;
  }

  add(reservation: Reservation): void {
    this.remove(reservation.reservationId);
    this.#byId.set(reservation.reservationId, reservation);
  }

  remove(reservationId: number): Reservation | undefined {
    const reservation = this.#byId.get(reservationId);
    reservation?.expiry.cancel();
    this.#byId.delete(reservationId);
    return reservation;
  }

  /** All of one connector; 0 gives those of the whole station. */
  at(connectorId: number): Reservation[] {
    return [...this.#byId.values()].filter((one) => one.connectorId === connectorId);
  }

  /** The reservation that a start at this connector would use up. */
  usedBy(bearer: Bearer, connectorId: number): Reservation | undefined {
    return [...this.at(connectorId), ...this.at(0)].find((one) => isFor(one, bearer));
  }
}

function isFor(reservation: Reservation, bearer: Bearer): boolean {
  if (isSameTag(reservation.idTag, bearer.idTag)) return true;
  const { parentIdTag } = reservation;
  if (parentIdTag === undefined || bearer.parentIdTag === undefined) return false;
  return isSameTag(parentIdTag, bearer.parentIdTag);
}
