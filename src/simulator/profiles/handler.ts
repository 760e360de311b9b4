import type { Station } from "../station/station.ts";
import type { Payload } from "../wire/frames.ts";

/** What a station says to a call, and what it does once that is said. */
export type Reply =
  | { readonly response: Payload; afterwards?(): void }
  | { readonly code: string; readonly description: string };

/** Obeys one action. */
export type Handler = (station: Station, request: Payload) => Reply;

/** The actions of one profile. */
export type Handlers = Readonly<Record<string, Handler>>;

/** A handler of a request whose shape the schema has checked before. */
export const obey =
  <Request extends Payload>(run: (station: Station, request: Request) => Reply): Handler =>
  (station, request) =>
    run(station, request as Request);

/** The answer that holds a status alone, as most do. */
export const say = (status: string, afterwards?: () => void): Reply => ({
  response: { status },
  ...(afterwards ? { afterwards } : {}),
});
