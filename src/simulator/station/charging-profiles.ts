import { limits } from "../limits.ts";
import { type ChargingProfile, changesBetween, limitOf } from "./charging-schedule.ts";

/** Which profiles a ClearChargingProfile means; what is left out means all. */
export type ClearFilter = {
  readonly id?: number;
  readonly connectorId?: number;
  readonly chargingProfilePurpose?: ChargingProfile["chargingProfilePurpose"];
  readonly stackLevel?: number;
};

/** A profile at its connector. 0 is the whole station. */
export interface Installed {
  readonly connectorId: number;
  readonly profile: ChargingProfile;
  readonly installedAt: number;
}

/** Where and when a limit is asked for. */
export interface Place {
  readonly connectorId: number;
  readonly at: number;
  readonly transactionStartedAt?: number | undefined;
}

type Purpose = ChargingProfile["chargingProfilePurpose"];

/** The charging profiles of one station (OCPP 1.6 §3.13). */
export class ChargingProfiles {
  #installed: Installed[] = [];

  /** False if there is no room. */
  install(added: Installed): boolean {
    const stays = this.#installed.filter((one) => !replaces(added, one));
    if (stays.length >= limits.chargingProfilesMax) return false;
    this.#installed = [...stays, added];
    return true;
  }

  /** How many were cleared. */
  clear(filter: ClearFilter): number {
    const before = this.#installed.length;
    this.#installed = this.#installed.filter((one) => !isMeant(filter, one));
    return before - this.#installed.length;
  }

  /** A TxProfile lives as long as its transaction. */
  transactionEnded(connectorId: number): void {
    this.clear({ connectorId, chargingProfilePurpose: "TxProfile" });
  }

  get count(): number {
    return this.#installed.length;
  }

  /** The limit in W that a connector's own profiles set at an instant; undefined: none. */
  connectorLimitW(place: Place): number | undefined {
    return this.#limitW("TxProfile", place) ?? this.#limitW("TxDefaultProfile", place);
  }

  /** The limit in W of the whole station at an instant; undefined: none. */
  stationLimitW(at: number): number | undefined {
    return this.#limitW("ChargePointMaxProfile", { connectorId: 0, at });
  }

  /** The instants at which a limit may change, from and until included, in order. */
  changes(from: Place, until: number): number[] {
    const relevant = this.#installed.filter(
      ({ connectorId }) => connectorId === 0 || connectorId === from.connectorId,
    );
    const instants = relevant.flatMap((one) =>
      changesBetween(one.profile, { from: from.at, until, starts: startOf(one, from) }),
    );
    return [...new Set([from.at, ...instants])].sort((one, other) => one - other);
  }

  #limitW(purpose: Purpose, place: Place): number | undefined {
    const candidates = this.#installed
      .filter(({ profile }) => profile.chargingProfilePurpose === purpose)
      .filter(({ connectorId }) => connectorId === 0 || connectorId === place.connectorId)
      // The connector's own before the station's, the higher level before the lower.
      .sort(
        (one, other) =>
          Number(other.connectorId > 0) - Number(one.connectorId > 0) ||
          other.profile.stackLevel - one.profile.stackLevel,
      );
    for (const one of candidates) {
      const watts = limitOf(one.profile, { at: place.at, starts: startOf(one, place) });
      if (watts !== undefined) return watts;
    }
    return undefined;
  }
}

const startOf = (one: Installed, place: Omit<Place, "at">): number =>
  place.transactionStartedAt ?? one.installedAt;

/** The same id, or the same purpose and level at the same connector (§3.13.2). */
function replaces(added: Installed, one: Installed): boolean {
  if (added.profile.chargingProfileId === one.profile.chargingProfileId) return true;
  return (
    added.connectorId === one.connectorId &&
    added.profile.stackLevel === one.profile.stackLevel &&
    added.profile.chargingProfilePurpose === one.profile.chargingProfilePurpose
  );
}

function isMeant(filter: ClearFilter, { connectorId, profile }: Installed): boolean {
  if (filter.id !== undefined) return profile.chargingProfileId === filter.id;
  return (
    (filter.connectorId === undefined || filter.connectorId === connectorId) &&
    (filter.stackLevel === undefined || filter.stackLevel === profile.stackLevel) &&
    (filter.chargingProfilePurpose === undefined ||
      filter.chargingProfilePurpose === profile.chargingProfilePurpose)
  );
}
