import { type Static, Type } from "@sinclair/typebox";
import { closed, oneOf } from "./common.ts";

/** WGS84, decimal degrees. */
const Coordinates = closed({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
});

const Address = closed({
  addressLine1: Type.String({ minLength: 1, maxLength: 200 }),
  addressLine2: Type.Optional(Type.String({ maxLength: 200 })),
  postalCode: Type.Optional(Type.String({ maxLength: 20 })),
  city: Type.String({ minLength: 1, maxLength: 100 }),
  region: Type.Optional(Type.String({ maxLength: 100 })),
  country: Type.String({ minLength: 1, maxLength: 100 }),
});

/** Where a station stands: coordinates, an address, or both. */
export const Place = closed({
  coordinates: Type.Optional(Coordinates),
  address: Type.Optional(Address),
  accessibility: oneOf("public", "paying", "private"),
});
export type Place = Static<typeof Place>;

const TimeOfDay = Type.String({ pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$", examples: ["08:30"] });

/** A span within one day, in the station's local time; `timeStop` is after `timeStart`. */
export const OpeningTime = closed({
  day: oneOf("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
  timeStart: TimeOfDay,
  timeStop: TimeOfDay,
});
export type OpeningTime = Static<typeof OpeningTime>;
