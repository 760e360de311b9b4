import { systemClock } from "#bus";
import { openStores } from "#event-store";
import { limitsWith } from "#limits";
import type { BareAnswer } from "./bare-answers.ts";

/** Keeps what a station says and is told; resolves when it is committed. */
export type Remember = (call: string, answered: BareAnswer) => Promise<void>;

/** The stores alone behind the bare wire. */
export interface BareStores {
  /** For one station, which has one call under way. */
  rememberer(station: string): Remember;
}

/** As in Motown, who only says that it is there changes nothing. */
const isFact = ({ action }: BareAnswer): boolean => action !== "Heartbeat";

/** Opens our stores in a folder: an event for each fact, and a row for each exchange of frames. */
export async function openBareStores(directory: string): Promise<BareStores> {
  const said = (text: string, fields?: object) =>
    void process.stderr.write(`${text} ${JSON.stringify(fields)}\n`);
  const log = { debug: () => {}, info: () => {}, warn: said, error: said };
  const { events, frames } = await openStores({
    directory,
    limits: limitsWith(),
    clock: systemClock,
    log,
  });
  // Of each station's stream: it outlasts the socket.
  const versions = new Map<string, number>();
  const rememberer =
    (station: string): Remember =>
    async (call, answered) => {
      const at = systemClock.now();
      if (isFact(answered)) {
        const happened = { type: answered.action, schema: 1, data: call, meta: `{"at":"${at}"}` };
        const expectedVersion = versions.get(station) ?? 0;
        versions.set(station, expectedVersion + 1);
        const stream = `charging-station/${station}`;
        const append = { stream, expectedVersion, events: [happened] };
        const { status } = await events.append({ station, appends: [append] });
        if (status !== "committed") throw new Error(`${station}: ${status}`);
      }
      const { id, action, answer } = answered;
      const exchange = { direction: "fromStation", protocol: "ocpp1.6", action } as const;
      frames.add({ station, at, ...exchange, messageId: id, call, answer });
    };
  return { rememberer };
}
