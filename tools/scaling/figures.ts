// What was measured, and how to measure it again. A figure that changes is changed here, and
// `npm run gen` writes the tables of docs/scaling.md anew.

/** A figure of this program on some machine. */
export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly what: string;
  /** The command, or the document that has it. */
  readonly from: string;
}

/** All figures that the arithmetic uses. */
export const figures = {
  cpuPerCall: {
    value: 205,
    unit: "µs CPU",
    what: "a call of a station, all threads, embedded database",
    from: "`npm run bench -- cycle` (1,000 stations)",
  },
  idleCpuPerStation: {
    value: 3.3,
    unit: "µs CPU/s",
    what: "a station that only answers pings",
    from: "`npm run bench -- idle` (18,000 stations take 6 % of a core)",
  },
  memoryPerStation: {
    value: 13.6,
    unit: "kB",
    what: "a booted station that is idle",
    from: "`npm run bench -- idle`",
  },
  memoryOfNode: {
    value: 688,
    unit: "MB",
    what: "a node at 1,400 calls/s with 1,000 stations",
    from: "`npm run bench -- soak`",
  },
  stormPerNode: {
    value: 297,
    unit: "stations/s",
    what: "a node takes in again after its own death",
    from: "`npm run bench -- storm` (18,000 in 60.7 s)",
  },
  unitsOneNode: {
    value: 8_700,
    unit: "units/s",
    what: "PostgreSQL commits, one node",
    from: "`BENCH_STORES=postgres npm run bench -- store 200`",
  },
  unitsManyNodes: {
    value: 5_400,
    unit: "units/s",
    what: "PostgreSQL commits, three nodes",
    from: "`BENCH_NODES=3 BENCH_STORES=postgres npm run bench -- store 200`",
  },
  databaseCpuPerUnit: {
    value: 55,
    unit: "µs CPU",
    what: "of PostgreSQL for a unit",
    from: "decision 0010",
  },
  viewEvents: {
    value: 8_900,
    unit: "events/s",
    what: "views on PostgreSQL take in",
    from: "`npm run bench -- rebuild 60000 1000 postgres://…`",
  },
  eventBytes: {
    value: 790,
    unit: "bytes",
    what: "an event on PostgreSQL, with its stream and indexes",
    from: "`npm run bench -- sizes/storage`",
  },
  receiptBytes: {
    value: 296,
    unit: "bytes",
    what: "a receipt",
    from: "`npm run bench -- sizes/storage`",
  },
  frameBytes: {
    value: 970,
    unit: "bytes",
    what: "a frame (MeterValues with four measurands)",
    from: "`npm run bench -- sizes/storage`",
  },
  viewBytes: {
    value: 630,
    unit: "bytes",
    what: "views, for each event",
    from: "`npm run bench -- rebuild 60000 1000 postgres://…`",
  },
  foreignEventCpu: {
    value: 10.9,
    unit: "µs CPU",
    what: "to read an event that another node has committed",
    from: "`npm run bench -- sizes/storage`",
  },
  wakeUpCpu: {
    value: 3,
    unit: "µs CPU",
    what: "to hear a wake-up of another node over NATS",
    from: "`npm run bench -- sizes/fan-out 67`",
  },
  wakeUpsOut: {
    value: 177_000,
    unit: "messages/s",
    what: "out of one NATS, all heard by one process: it can do more",
    from: "`npm run bench -- sizes/fan-out 67`",
  },
  signsOfLife: {
    value: 9_080,
    unit: "rows/s",
    what: "signs of life that PostgreSQL takes on one connection",
    from: "`npm run bench -- sizes/storage`",
  },
} as const satisfies Record<string, Figure>;

/** Events that a station's message becomes; a test sends each and counts. */
export const eventsOfMessage = {
  heartbeat: 0,
  boot: 1,
  status: 1,
  authorize: 2,
  start: 2,
  meter: 1,
  stop: 2,
} as const;

/** Messages by their short names. */
export type Message = keyof typeof eventsOfMessage;
