// What each kind of guard lets through and refuses, once for every command that has it.
import { expect, it } from "vitest";
import {
  asAddOn,
  asOperator,
  chargingStation,
  type DataOf,
  type DecidedEvent,
  fromStation,
  fromSystem,
  type Guard,
  type StationCommands,
  type StationState,
  toStation,
} from "#core";
import {
  accepted,
  configured,
  created,
  decommissioned,
  givenStation,
  served,
  tooManyAsked,
} from "../station-history.ts";
import { happened } from "../story.ts";
import { addOn, administrator, motown, operator, theStation } from "./actors.ts";

type Name = keyof StationCommands & string;

function hasGuard(type: Name, guard: Guard<StationState>): void {
  expect(chargingStation.commands[type].guards).toBe(guard);
}

/** Only the station's own message, or Motown itself, can say it; of a station that is known. */
export function saidByStation<T extends Name>(type: T, data: DataOf<StationCommands, T>): void {
  it("is the station's word alone", () => {
    hasGuard(type, fromStation);
    given().when(type, data, theStation).thenRefused("StationNotFound");
    given(created).when(type, data, administrator).thenRefused("ReservedForStations", type);
    given(created).when(type, data, addOn(type)).thenRefused("ReservedForStations", type);
    given(created).when(type, data, theStation).thenAllowed();
    given(created).when(type, data, motown).thenAllowed();
  });
  it("is taken of a station that is no longer accepted, or decommissioned", () => {
    const unaccepted = happened("ChargingStationUnaccepted", {});
    given(served, unaccepted).when(type, data, theStation).thenAllowed();
    given(served, decommissioned).when(type, data, theStation).thenAllowed();
  });
}

/** Whoever is permitted decides it, whatever the station's state. */
export function decidedByOperator<T extends Name>(
  type: T,
  data: DataOf<StationCommands, T>,
  past: readonly DecidedEvent[] = [created],
): void {
  it("asks for permission", () => {
    hasGuard(type, asOperator);
    permissionIsAsked(type, data, { past, code: type });
  });
}

/** Permitted, and the station accepted and configured: it is a wish that goes over the wire. */
export function spokenToStation<T extends Name>(
  type: T,
  data: DataOf<StationCommands, T>,
  {
    past = [],
    permission = type,
  }: {
    readonly past?: readonly DecidedEvent[];
    readonly permission?: string;
  } = {},
): void {
  it("asks for permission", () => {
    hasGuard(type, toStation);
    permissionIsAsked(type, data, { past: [...served, ...past], code: permission });
  });
  it("goes to no station that is not served", () => {
    const refused = (...history: readonly DecidedEvent[]) =>
      given(history, past).when(type, data, administrator);
    refused(created, configured).thenRefused("StationNotAccepted");
    refused(created, accepted).thenRefused("StationNotConfigured");
    refused(...served, decommissioned).thenRefused("StationDecommissioned");
    refused(...served, happened("ChargingStationUnaccepted", {})).thenRefused("StationNotAccepted");
  });
  it("does not pile up", () => {
    given(served, past, tooManyAsked).when(type, data).thenRefused("TooManyRequests");
  });
}

/** An add-on with the grant, or a permitted operator by hand. */
export function doneByAddOn<T extends Name>(type: T, data: DataOf<StationCommands, T>): void {
  it("asks an add-on for its grant, a person for permission", () => {
    hasGuard(type, asAddOn);
    given().when(type, data, addOn(type)).thenRefused("StationNotFound");
    given(created).when(type, data, addOn()).thenRefused("CommandNotGranted", type);
    given(created).when(type, data, addOn(type)).thenAllowed();
    given(created).when(type, data, operator()).thenRefused("NotPermitted", type);
    given(created).when(type, data, operator(type)).thenAllowed();
    given(created).when(type, data, theStation).thenRefused("NotPermitted", type);
  });
}

/** Motown's own clockwork does it, nobody else. */
export function doneByMotown<T extends Name>(
  type: T,
  data: DataOf<StationCommands, T>,
  past: readonly DecidedEvent[] = [],
): void {
  it("is Motown's alone", () => {
    hasGuard(type, fromSystem);
    given().when(type, data, motown).thenRefused("StationNotFound");
    given(created, past).when(type, data, motown).thenAllowed();
    for (const actor of [administrator, theStation, addOn(type)]) {
      given(created, past).when(type, data, actor).thenRefused("NotPermitted", type);
    }
  });
}

const given = givenStation;

function permissionIsAsked<T extends Name>(
  type: T,
  data: DataOf<StationCommands, T>,
  { past, code }: { readonly past: readonly DecidedEvent[]; readonly code: string },
): void {
  const granted = (permission: string) =>
    happened("PermissionGranted", { user: "oscar", permission });
  const tell = (history: readonly DecidedEvent[], actor = operator()) =>
    given(history).when(type, data, actor);
  given().when(type, data).thenRefused("StationNotFound");
  tell(past).thenRefused("NotPermitted", code);
  tell(past, theStation).thenRefused("NotPermitted", code);
  tell(past, { ...theStation, id: "owner" }).thenRefused("NotPermitted", code);
  tell(past, addOn()).thenRefused("NotPermitted", code);
  for (const permission of [type, code, "AllPermissions"]) {
    tell([...past, granted(permission)]).thenAllowed();
    tell(past, operator(permission)).thenAllowed();
  }
  tell(past, { ...operator(), id: "owner" }).thenAllowed();
  tell(past, addOn(type)).thenAllowed();
  tell(past, administrator).thenAllowed();
}
