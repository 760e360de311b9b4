import { categoryOf, keyOf, type StreamName } from "./kernel/message.ts";
import { encoded } from "./values/encoded.ts";

/** A station's key: its identity in NFC, lower-cased and percent-encoded. */
export type StationKey = string;

/** Key of a station from its identity; two spellings of one identity are one station. */
export function stationKey(stationId: string): StationKey {
  return encoded(stationId.normalize("NFC").toLowerCase());
}

/** Names of all streams there are, from their keys. */
export const streams = {
  chargingStation: (key: StationKey): StreamName => `charging-station/${key}`,
  transaction: (transactionId: string): StreamName => `transaction/${transactionId}`,
  meter: (key: StationKey): StreamName => `meter/${key}`,
  token: (tokenRef: string): StreamName => `token/${tokenRef}`,
  stationType: (key: string): StreamName => `station-type/${key}`,
  user: (name: string): StreamName => `user/${encoded(name.toLowerCase())}`,
  apiKey: (id: string): StreamName => `api-key/${id}`,
  /** `day`: YYYY-MM-DD. */
  audit: (day: string): StreamName => `audit/${day}`,
  addOn: (name: string): StreamName => `add-on/${name}`,
} as const;

/** Key of the station that a stream is a station's own of; undefined for any other stream. */
export function stationOfStream(stream: StreamName): StationKey | undefined {
  const category = categoryOf(stream);
  const own = category === "charging-station" || category === "meter";
  return own ? keyOf(stream) : undefined;
}
