// Every queue, wait, cache, frame and retry has a limit: its unit, its default, what it protects.
// `motown limits` prints this table with the values in force; each is a setting of the same name.

import { limitsOfNodes } from "./limits-of-nodes.ts";

/** A row: what is counted, how much of it there may be, and what for. */
export interface Limit {
  readonly unit: string;
  readonly default: number;
  readonly protects: string;
}

/** All limits by name. Setting `limits.{name}`, environment `MOTOWN_LIMIT_{NAME}`. */
export const limitTable = {
  frameChunksMax: {
    unit: "chunks",
    default: 16_384,
    protects: "memory, from frames that drip in byte by byte",
  },
  frameFragmentsMax: {
    unit: "fragments",
    default: 1_024,
    protects: "memory, from messages in tiny fragments",
  },
  frameBytesMax: { unit: "bytes", default: 1_048_576, protects: "memory, from huge frames" },
  acceptBacklogMax: {
    unit: "sockets",
    default: 4_096,
    protects: "stations that come at once, from waiting for the kernel's next try",
  },
  acceptsPerTurn: {
    unit: "sockets",
    default: 16,
    protects: "stations that come at once, from an event loop that takes one at a time",
  },
  socketsMax: {
    unit: "sockets",
    default: 19_500,
    protects: "the process's files (20,000 in many places), from too many sockets",
  },
  unfinishedSocketsMax: {
    unit: "sockets",
    default: 4_096,
    protects: "files and memory, from clients that connect and say nothing whole",
  },
  wrongPasswordsPerMinuteMax: {
    unit: "handshakes",
    default: 300,
    protects: "the store, from guesses of one address where no station is connected",
  },
  suspectsMax: {
    unit: "addresses",
    default: 10_000,
    protects: "memory, from guesses of many addresses",
  },
  handshakeMs: { unit: "ms", default: 10_000, protects: "sockets, from clients that never finish" },
  handshakesInFlightMax: {
    unit: "handshakes",
    default: 2_000,
    protects: "CPU, in a reconnect storm",
  },
  closeMs: {
    unit: "ms",
    default: 5_000,
    protects: "sockets and CPU, from peers that send on after we have closed",
  },
  pingIntervalMs: { unit: "ms", default: 45_000, protects: "idle sockets, from middleboxes" },
  silenceMs: { unit: "ms", default: 150_000, protects: "sockets, from dead peers" },
  sendBufferBytesMax: {
    unit: "bytes",
    default: 4_194_304,
    protects: "memory, from peers that do not read",
  },
  socketBuffersBytesMax: {
    unit: "bytes",
    default: 268_435_456,
    protects: "memory, from unfinished frames and unread answers on many sockets at once",
  },
  inboundQueueMax: {
    unit: "calls",
    default: 256,
    protects: "memory, from stations that do not wait",
  },
  backlogStationsPerTurn: {
    unit: "stations",
    default: 4,
    protects: "everybody's latency, from stations that send many calls without waiting",
  },
  bulkBytesPerSecondMax: {
    unit: "bytes/s",
    default: 16_777_216,
    protects: "everybody's latency, from large frames of all stations together",
  },
  inboundCharactersMax: {
    unit: "characters",
    default: 2_097_152,
    protects: "memory, from stations that send large calls and do not wait",
  },
  repeatedCallsMax: { unit: "calls", default: 8, protects: "memory, from remembered answers" },
  repeatedCallMs: {
    unit: "ms",
    default: 120_000,
    protects: "stations that use one message id for ever, from old answers",
  },
  lateAnswersMax: { unit: "calls", default: 1_000, protects: "memory, from answers never given" },
  keptAnswersMax: {
    unit: "answers",
    default: 5_000,
    protects: "memory, from answers that the store cannot take yet",
  },
  knockRepeatMs: { unit: "ms", default: 600_000, protects: "the log, from knocking strangers" },
  knockersMax: { unit: "stations", default: 1_000, protects: "memory, from knocking strangers" },
  complaintRepeatMs: {
    unit: "ms",
    default: 60_000,
    protects: "the log, from stations that are wrong all the time",
  },
  complaintsMax: { unit: "stations", default: 5_000, protects: "memory, from wrong stations" },
  outboundQueueMax: { unit: "calls", default: 64, protects: "memory, from slow stations" },
  callTimeoutMs: {
    unit: "ms",
    default: 30_000,
    protects: "requests, from stations that never answer",
  },
  takeoversPerMinuteMax: {
    unit: "takeovers",
    default: 30,
    protects: "a station, from a second one of its id",
  },
  authorizeTimeoutMs: { unit: "ms", default: 10_000, protects: "stations, from silent add-ons" },
  configurationWaitMs: { unit: "ms", default: 1_000, protects: "boots, from slow configuration" },
  requestDeadlineMs: { unit: "ms", default: 120_000, protects: "requests, from never ending" },
  heartbeatIntervalSeconds: { unit: "s", default: 300, protects: "the server, from idle chatter" },
  heartbeatSpreadPercent: {
    unit: "± %",
    default: 10,
    protects: "the server, from stations that beat in step",
  },
  bootRetrySeconds: { unit: "s", default: 30, protects: "the server, from knocking strangers" },
  retrySpreadPercent: {
    unit: "± %",
    default: 50,
    protects: "the server, from stations that come back in step",
  },
  clockSkewSecondsMax: { unit: "s", default: 300, protects: "sessions, from wrong clocks" },
  stationCacheMax: {
    unit: "stations",
    default: 20_000,
    protects: "memory, from unconnected stations",
  },
  transactionCacheMax: {
    unit: "transactions",
    default: 50_000,
    protects: "memory, from open sessions",
  },
  tokenCacheMax: { unit: "tokens", default: 50_000, protects: "memory, from many tokens" },
  snapshotEveryEvents: { unit: "events", default: 200, protects: "start-up, from long streams" },
  decideAttemptsMax: {
    unit: "attempts",
    default: 10,
    protects: "commands, from endless conflicts",
  },
  commitQueueMax: { unit: "units", default: 20_000, protects: "memory, from a slow disk" },
  commitSpacingMs: { unit: "ms", default: 4, protects: "the processor, from many small commits" },
  commitBatchMax: { unit: "units", default: 512, protects: "latency, from huge commits" },
  ...limitsOfNodes,
  eventPartitionEvents: {
    unit: "events",
    default: 10_000_000,
    protects: "PostgreSQL, from one table of all events",
  },
  chainCacheMax: {
    unit: "streams",
    default: 100_000,
    protects: "memory of the log's writer, from many streams",
  },
  receiptScanMax: {
    unit: "receipts",
    default: 20_000,
    protects: "commits, from a long sweep of receipts",
  },
  storeProbeMs: { unit: "ms", default: 1_000, protects: "a broken disk, from hasty retries" },
  figureReasonsMax: {
    unit: "reasons",
    default: 50,
    protects: "metrics, from failures that are all different",
  },
  statusMs: {
    unit: "ms",
    default: 3_000,
    protects: "metrics and the cluster's status, from an engine that does not answer",
  },
  statusNodesMax: {
    unit: "nodes",
    default: 1_000,
    protects: "the cluster's status, from names of nodes that come and go",
  },
  viewsLagSecondsMax: {
    unit: "s",
    default: 30,
    protects: "people, from lists that are older than they think",
  },
  storeOpenMs: { unit: "ms", default: 30_000, protects: "a start, from a store that hangs" },
  recallEventsMax: {
    unit: "events",
    default: 5_000,
    protects: "the log, from stations that speak of what is long past",
  },
  recalledTransactionsMax: {
    unit: "transactions",
    default: 2_000,
    protects: "memory, from stations that speak of what is long past",
  },
  receiptDays: { unit: "days", default: 400, protects: "the log, from growing receipts" },
  frameQueueMax: { unit: "frames", default: 50_000, protects: "memory, from a slow disk" },
  frameQueueCharactersMax: {
    unit: "characters",
    default: 67_108_864,
    protects: "memory, from a slow disk and large frames",
  },
  frameBatchMax: { unit: "frames", default: 2_000, protects: "latency, from huge writes" },
  frameFlushMs: { unit: "ms", default: 250, protects: "frames, from a power cut" },
  frameFilesOpenMax: { unit: "files", default: 4, protects: "file handles, from many days" },
  frameCharactersMax: { unit: "characters", default: 65_536, protects: "the frame log" },
  deviationCountsMax: {
    unit: "counts",
    default: 2_000_000,
    protects: "the disk, from the deviations of strangers",
  },
  frameDays: { unit: "days", default: 30, protects: "the disk, from frames" },
  projectorBatchMax: { unit: "events", default: 5_000, protects: "memory, in a rebuild" },
  projectorRetryMs: { unit: "ms", default: 250, protects: "a store in trouble, from retries" },
  projectorRetryMaxMs: {
    unit: "ms",
    default: 5_000,
    protects: "views, from waiting long after a store's trouble is over",
  },
  viewPageCacheBytes: {
    unit: "bytes",
    default: 67_108_864,
    protects: "memory, from large views",
  },
  viewRowCacheMax: { unit: "rows", default: 50_000, protects: "memory, from large views" },
  viewRowCacheCharactersMax: {
    unit: "characters",
    default: 67_108_864,
    protects: "memory, from rows that hold long lists",
  },
  viewStatementsMax: {
    unit: "statements",
    default: 500,
    protects: "memory, from many kinds of queries",
  },
  viewWakeMs: { unit: "ms", default: 100, protects: "CPU, from a wake-up per event" },
  viewRestMs: {
    unit: "ms",
    default: 500,
    protects: "CPU, from writing a row for each of its events when views are busy or large",
  },
  viewLookMs: {
    unit: "ms",
    default: 50,
    protects: "the store, from waits for another node's views",
  },
  viewsKeptMs: {
    unit: "ms",
    default: 86_400_000,
    protects: "PostgreSQL, from views of releases that nobody runs any more",
  },
  viewWaitMs: { unit: "ms", default: 5_000, protects: "API calls, from a slow view" },
  addOnAttemptsMax: { unit: "attempts", default: 5, protects: "add-ons, from one bad event" },
  addOnBackoffMs: { unit: "ms", default: 200, protects: "add-ons, from hasty retries" },
  housekeepingMs: { unit: "ms", default: 60_000, protects: "the disk, from what has had its time" },
  sweepIntervalMs: { unit: "ms", default: 1_000, protects: "deadlines, from being late" },
  sweepDeadlinesMax: {
    unit: "deadlines",
    default: 2_000,
    protects: "a round of the sweeper, from lasting too long",
  },
  sweepFailuresMax: {
    unit: "attempts",
    default: 10,
    protects: "a store in trouble, from a round of the sweeper",
  },
  stubbornDeadlineMs: {
    unit: "ms",
    default: 600_000,
    protects: "log and disk, from deadlines that cannot be ended",
  },
  stubbornDeadlinesMax: {
    unit: "deadlines",
    default: 10_000,
    protects: "memory, from deadlines that cannot be ended",
  },
  apiBodyBytesMax: { unit: "bytes", default: 2_097_152, protects: "memory, from huge bodies" },
  apiRequestMs: {
    unit: "ms",
    default: 60_000,
    protects: "sockets, from requests that never end",
  },
  apiIdleMs: { unit: "ms", default: 72_000, protects: "sockets, from clients that ask no more" },
  apiPageMax: { unit: "items", default: 500, protects: "answers, from endless lists" },
  exportRowsMax: { unit: "rows", default: 1_000_000, protects: "the views, from endless files" },
  exportsMax: { unit: "files", default: 4, protects: "the views, from many files at once" },
  apiWaitSecondsMax: { unit: "s", default: 60, protects: "connections, from endless waits" },
  liveStreamsMax: { unit: "streams", default: 1_000, protects: "memory, from many viewers" },
  idempotencyKeyMs: { unit: "ms", default: 86_400_000, protects: "the log, from growing receipts" },
  principalCacheMax: {
    unit: "users and keys",
    default: 1_000,
    protects: "memory, from many users",
  },
  principalCacheMs: { unit: "ms", default: 60_000, protects: "sign-offs, from being late" },
  loginFailuresMax: { unit: "attempts", default: 10, protects: "passwords, from guessing" },
  loginFailuresMs: { unit: "ms", default: 300_000, protects: "passwords, from guessing" },
  passwordChecksInFlightMax: {
    unit: "checks",
    default: 16,
    protects: "CPU and memory, from many logins",
  },
  sessionIdleMs: {
    unit: "ms",
    default: 28_800_000,
    protects: "a console that somebody left, from who comes by (8 hours without a request)",
  },
  sessionLifeMs: {
    unit: "ms",
    default: 604_800_000,
    protects: "sessions, from going on for ever (a week)",
  },
  sessionRenewMs: {
    unit: "ms",
    default: 60_000,
    protects: "answers, from a new cookie in each of them",
  },
  overviewMs: {
    unit: "ms",
    default: 250,
    protects: "the views, from counting anew for every console",
  },
  connectedStationsMs: {
    unit: "ms",
    default: 1_000,
    protects: "the log, from being asked with each list which stations are connected",
  },
  overviewsKeptMax: {
    unit: "counts",
    default: 48,
    protects: "memory, from consoles whose day begins at different times",
  },
  liveChangesMs: {
    unit: "ms",
    default: 200,
    protects: "consoles, from a message for each of many events",
  },
  liveChangesStationsMax: {
    unit: "stations",
    default: 100,
    protects: "consoles, from long lists of what has changed",
  },
  liveHeartbeatMs: { unit: "ms", default: 15_000, protects: "live streams, from middleboxes" },
  liveTailEventsMax: { unit: "events", default: 5_000, protects: "memory, from slow viewers" },
  liveTailCharactersMax: {
    unit: "characters",
    default: 16_777_216,
    protects: "memory, from slow viewers of large events",
  },
  eventScanMax: { unit: "events", default: 5_000, protects: "the log, from wide searches" },
  messageScanMax: {
    unit: "messages",
    default: 2_500,
    protects: "the frame log, from wide searches",
  },
  connectionAttemptsMax: {
    unit: "attempts",
    default: 1_000,
    protects: "memory, from handshake floods",
  },
  drainMs: { unit: "ms", default: 10_000, protects: "shutdown, from slow peers" },
  drainWindowMs: {
    unit: "ms",
    default: 6_000,
    protects: "the other nodes, from all stations of one that stops at once",
  },
  stopStepMs: { unit: "ms", default: 5_000, protects: "shutdown, from work that does not end" },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limitTable;

/** The values in force. */
export type Limits = { readonly [K in LimitName]: number };

/** The table's defaults with what was set otherwise. */
export function limitsWith(settings: Partial<Limits> = {}): Limits {
  const entries = Object.entries(limitTable).map(([name, limit]) => [name, limit.default]);
  return { ...(Object.fromEntries(entries) as Limits), ...settings };
}
