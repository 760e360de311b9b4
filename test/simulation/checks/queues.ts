// The queues and books of a node, as a simulated world can count them, by the limit of each.
import type { LimitName } from "#limits";
import type { World } from "../world/world.ts";

/** How much is in a queue at the moment. */
export interface Queue {
  readonly limit: LimitName;
  readonly held: number;
  /** What it may come to, where that is not the limit itself. */
  readonly most?: number;
  /** In words, after the number. */
  readonly of: string;
}

/** One answer of ours may go beyond the buffer before it is noticed. */
const frameBytesMost = 70_000;
/** Reading stops at the limit; what had been read comes on top, up to this many times it. */
const overrunFactor = 16;

/** All queues that are measured: the rows of `uncounted` are the others. */
export function* queuesOf({ nodes, network, disk, profile }: World): Generator<Queue> {
  const { limits } = profile;
  for (const { house } of nodes) {
    if (house === undefined) continue;
    const { bus, rpc, gateway } = house;
    const { behind } = bus.events;
    yield { limit: "tailBehindMax", held: behind, of: "commits wait for what is before them" };
    const { lateAnswers, keptAnswers } = rpc.held;
    yield { limit: "lateAnswersMax", held: lateAnswers, of: "calls may be answered late" };
    yield { limit: "keptAnswersMax", held: keptAnswers, of: "answers wait for the store" };
    const attempts = gateway.attempts.list().length;
    yield { limit: "connectionAttemptsMax", held: attempts, of: "handshakes are remembered" };
    yield { limit: "socketsMax", held: rpc.size, of: "connections" };
    for (const { held, stationId } of rpc.all()) {
      const { calls, characters, requests, answers } = held;
      const most = limits.inboundQueueMax * overrunFactor;
      yield { limit: "inboundQueueMax", held: calls, most, of: `calls of ${stationId} wait` };
      const charactersMost = limits.inboundCharactersMax + limits.frameBytesMax;
      yield {
        ...{ limit: "inboundCharactersMax", held: characters, most: charactersMost },
        of: `characters of ${stationId} wait`,
      };
      yield { limit: "outboundQueueMax", held: requests, of: `requests wait for ${stationId}` };
      yield { limit: "repeatedCallsMax", held: answers, of: `answers to ${stationId} are kept` };
    }
  }
  for (const { server, stationId } of network.links) {
    yield {
      ...{ limit: "sendBufferBytesMax", held: server.writableLength },
      most: limits.sendBufferBytesMax + frameBytesMost,
      of: `bytes wait for ${stationId}, which does not read`,
    };
  }
  yield { limit: "commitQueueMax", held: disk.waiting, of: "units wait for the disk" };
}

const ofSeveralNodes = "of several nodes: the tests of src/cluster";
const ofAnLru = "a cache, which lets go of what was used longest ago";
const ofABook = "a book, which lets go of its oldest line";
const ofTheApi = "of the API's HTTP server, which has no place in a simulated world";
const ofRealSockets = "of real sockets: test/robustness and the gateway's tests";
const ofRealFiles = "of files and threads: the tests of src/event-store/sqlite";
const ofPostgres = "of connections to PostgreSQL: the tests of src/event-store/postgres";
const ofTheCluster = "of connections to PostgreSQL: the tests of src/cluster/postgres";
const ofOneRead = "no queue: how much is taken at once";
const ofTries = "no queue: how often something is tried";
const ofOneFrame = "no queue: the size of one thing";

/** Limits that no world counts, and why. */
export const uncounted: Partial<Record<LimitName, string>> = {
  viewsLagSecondsMax: "says when people are told, and holds nothing",
  figureReasonsMax: ofTheApi,
  statusNodesMax: ofOneRead,
  frameChunksMax: ofRealSockets,
  frameFragmentsMax: ofRealSockets,
  frameBytesMax: ofOneFrame,
  acceptBacklogMax: ofRealSockets,
  unfinishedSocketsMax: ofRealSockets,
  wrongPasswordsPerMinuteMax: ofTries,
  suspectsMax: ofAnLru,
  handshakesInFlightMax: ofRealSockets,
  socketBuffersBytesMax: ofRealSockets,
  bulkBytesPerSecondMax: ofTries,
  knockersMax: ofABook,
  complaintsMax: ofABook,
  takeoversPerMinuteMax: ofTries,
  clockSkewSecondsMax: "no queue: a span of time",
  stationCacheMax: ofAnLru,
  transactionCacheMax: ofAnLru,
  tokenCacheMax: ofAnLru,
  decideAttemptsMax: ofTries,
  commitBatchMax: ofRealFiles,
  commitBatchCharactersMax: ofPostgres,
  databaseReadersMax: ofPostgres,
  chainCacheMax: ofRealFiles,
  receiptScanMax: ofOneRead,
  recallEventsMax: ofOneRead,
  recalledTransactionsMax: ofAnLru,
  frameQueueMax: ofRealFiles,
  frameQueueCharactersMax: ofRealFiles,
  frameBatchMax: ofRealFiles,
  frameFilesOpenMax: ofRealFiles,
  frameCharactersMax: ofOneFrame,
  deviationCountsMax: ofRealFiles,
  projectorBatchMax: ofOneRead,
  viewRowCacheMax: ofAnLru,
  viewRowCacheCharactersMax: ofAnLru,
  viewStatementsMax: ofRealFiles,
  addOnAttemptsMax: ofTries,
  sweepDeadlinesMax: ofOneRead,
  sweepFailuresMax: ofTries,
  stubbornDeadlinesMax: ofAnLru,
  nodeQuestionsMax: ofSeveralNodes,
  nodeMessagesMax: ofSeveralNodes,
  nodeMessagesCharactersMax: ofSeveralNodes,
  nodeMessageBytesMax: ofOneFrame,
  clusterConnectionsMax: ofTheCluster,
  nodeLinkRetryMsMax: ofTries,
  apiBodyBytesMax: ofTheApi,
  apiPageMax: ofTheApi,
  apiWaitSecondsMax: ofTheApi,
  liveStreamsMax: ofTheApi,
  principalCacheMax: ofTheApi,
  loginFailuresMax: ofTheApi,
  passwordChecksInFlightMax: ofTheApi,
  liveTailEventsMax: ofTheApi,
  liveTailCharactersMax: ofTheApi,
  eventScanMax: ofTheApi,
  messageScanMax: ofTheApi,
  overviewsKeptMax: ofTheApi,
  liveChangesStationsMax: ofTheApi,
  exportRowsMax: ofTheApi,
  exportsMax: ofTheApi,
};
