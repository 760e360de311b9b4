// A CSMS of a few lines without network or clock, to try the simulated stations with. It answers
// like a friendly one unless a test scripts it otherwise.
import {
  type Destination,
  diceOf,
  type SocketEvents,
  type SocketFactory,
  Station,
  type StationOptions,
  Tally,
  type Time,
  type VirtualTime,
  virtualTime,
} from "#simulator";

type Payload = Readonly<Record<string, unknown>>;

/** A call of a station, as it arrived. */
export interface StationCall {
  readonly stationId: string;
  readonly messageId: string;
  readonly action: string;
  readonly payload: Payload;
  readonly at: number;
}

/** What the CSMS says to a call; undefined: nothing at all. */
export type CsmsAnswer = (
  call: StationCall,
) => Payload | { readonly callError: string } | undefined;

interface Line {
  readonly events: SocketEvents;
  open: boolean;
}

const friendly = (time: Time): Readonly<Record<string, CsmsAnswer>> => {
  let transactionId = 1_000;
  const currentTime = () => new Date(time.now()).toISOString();
  const welcome = { status: "Accepted" };
  return {
    BootNotification: () => ({ status: "Accepted", currentTime: currentTime(), interval: 300 }),
    Heartbeat: () => ({ currentTime: currentTime() }),
    Authorize: () => ({ idTagInfo: welcome }),
    StartTransaction: () => {
      transactionId += 1;
      return { idTagInfo: welcome, transactionId };
    },
    StopTransaction: () => ({ idTagInfo: welcome }),
    SignCertificate: () => ({ status: "Accepted" }),
    DataTransfer: () => ({ status: "Accepted" }),
  };
};

/** The other end of simulated sockets, under a test's control. */
export class FakeCsms {
  /** All calls of all stations, in order. */
  readonly calls: StationCall[] = [];
  /** While true, no connection succeeds. */
  unreachable = false;
  readonly #time: Time;
  readonly #lines = new Map<string, Line>();
  readonly #answers = new Map<string, CsmsAnswer>();
  readonly #friendly: Readonly<Record<string, CsmsAnswer>>;
  readonly #replies = new Map<string, readonly unknown[]>();
  #count = 0;

  constructor(time: Time) {
    this.#time = time;
    this.#friendly = friendly(time);
  }

  /** To be handed to stations as their network. */
  readonly socketTo: SocketFactory = (to, events) => {
    const line: Line = { events, open: !this.unreachable };
    if (line.open) this.#lines.set(to.stationId, line);
    queueMicrotask(() => (line.open ? events.opened("ocpp1.6") : events.closed("ECONNREFUSED")));
    const end = () => this.#end(line, "1006");
    return {
      send: (text) => queueMicrotask(() => this.#receive(to, line, text)),
      ping: () => {},
      close: end,
      terminate: end,
    };
  };

  /** Sets the answer to an action of the stations from now on. */
  answers(action: string, answer: CsmsAnswer): void {
    this.#answers.set(action, answer);
  }

  /** Calls a station; resolves with the frame that it answers, undefined if it does not. */
  async call(stationId: string, action: string, payload: Payload = {}): Promise<unknown> {
    this.#count += 1;
    const id = `csms-${this.#count}`;
    this.send(stationId, [2, id, action, payload]);
    await new Promise((resolve) => setImmediate(resolve));
    const [type, , third] = this.#replies.get(id) ?? [];
    return type === 4 ? { callError: third } : third;
  }

  /** Sends a frame as it is. */
  send(stationId: string, frame: readonly unknown[]): void {
    this.#lines.get(stationId)?.events.message(JSON.stringify(frame));
  }

  /** Closes a station's socket from this side. */
  drop(stationId: string): void {
    const line = this.#lines.get(stationId);
    if (line) this.#end(line, "1012 restart");
  }

  /** The payloads of one action, in order. */
  payloads(action: string): Payload[] {
    return this.calls.filter((call) => call.action === action).map(({ payload }) => payload);
  }

  /** What connectors were said to be, as `1 Charging`. */
  statuses(): string[] {
    return this.payloads("StatusNotification").map(
      ({ connectorId, status }) => `${connectorId} ${status}`,
    );
  }

  /** Forgets what was heard so far. */
  forget(): void {
    this.calls.length = 0;
  }

  #end(line: Line, why: string): void {
    if (!line.open) return;
    line.open = false;
    queueMicrotask(() => line.events.closed(why));
  }

  #receive({ stationId }: Destination, line: Line, text: string): void {
    if (!line.open) return;
    const frame: readonly unknown[] = JSON.parse(text);
    const [type, id, action, payload] = frame as [number, string, string, Payload];
    if (type !== 2) {
      this.#replies.set(id, frame);
      return;
    }
    const call = { stationId, messageId: id, action, payload, at: this.#time.now() };
    this.calls.push(call);
    const answer = this.#answers.get(action) ?? this.#friendly[action] ?? (() => ({}));
    const said = answer(call);
    if (said === undefined || !line.open) return;
    const reply = "callError" in said ? [4, id, said.callError, "", {}] : [3, id, said];
    line.events.message(JSON.stringify(reply));
  }
}

/** A station and its CSMS on one virtual clock. */
export interface Desk {
  readonly time: VirtualTime;
  readonly csms: FakeCsms;
  readonly station: Station;
  readonly tally: Tally;
  /** Calls the station. */
  call(action: string, payload?: Payload): Promise<unknown>;
}

/** A car with an empty battery: nothing tapers in the first minutes. */
export const emptyCar = { wantedWh: 60_000, powerWMax: 22_000, stateOfCharge: 10 };

/** A station that is switched on and has been accepted. */
export async function deskWith(options: Partial<StationOptions> = {}): Promise<Desk> {
  const time = virtualTime();
  const csms = new FakeCsms(time);
  const tally = new Tally();
  const station = new Station({
    stationId: "S-1",
    url: "ws://csms/ocpp",
    ...{ time, tally, socketTo: csms.socketTo, dice: diceOf(1, "S-1") },
    ...options,
  });
  station.powerOn();
  await time.advance(10);
  return {
    ...{ time, csms, station, tally },
    call: (action, payload) => csms.call(station.id, action, payload),
  };
}
