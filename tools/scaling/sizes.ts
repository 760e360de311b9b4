// From a number of stations to what they need: assumptions, and arithmetic on measured figures.
import { limitTable } from "#limits";
import { eventsOfMessage, figures, type Message } from "./figures.ts";

const secondsOfDay = 86_400;
const daysOfMonth = 30;

/** What stations are assumed to do. Yours will differ: change it, and look at the tables again. */
export const assumptions = {
  sessionsPerDay: 2,
  sessionMinutes: 90,
  sampleSeconds: 60,
  statusesPerSession: 5,
  bootsPerDay: 0.2,
  statusesBesidesPerDay: 2,
  /** The busiest hour against the mean of the day. */
  peak: 3,
  /** Of what an engine or a core can do, no more is planned for. */
  utilization: 0.5,
  stationsPerGateway: 15_000,
  /** A station that comes back: its connection, a boot, three statuses. */
  commitsOfReturn: 5,
} as const;

/** How many of each message a station sends a day; heartbeats are counted by their interval. */
export function messagesPerDay(): Readonly<Record<Exclude<Message, "heartbeat">, number>> {
  const { sessionsPerDay, sessionMinutes, sampleSeconds, statusesPerSession } = assumptions;
  return {
    boot: assumptions.bootsPerDay,
    status: sessionsPerDay * statusesPerSession + assumptions.statusesBesidesPerDay,
    authorize: sessionsPerDay,
    start: sessionsPerDay,
    meter: (sessionsPerDay * sessionMinutes * 60) / sampleSeconds,
    stop: sessionsPerDay,
  };
}

/** What so many stations bring, and what that needs. */
export interface Size {
  readonly stations: number;
  readonly callsMean: number;
  readonly callsPeak: number;
  /** Units are commits: every message but heartbeats. */
  readonly unitsPeak: number;
  readonly eventsMean: number;
  readonly eventsPeak: number;
  readonly signsOfLife: number;
  readonly nodes: number;
  /** Of all nodes together, at the peak. */
  readonly cores: number;
  /** Of `cores`, those in which nodes hear of and read what others have committed. */
  readonly tailCores: number;
  readonly megabytesPerNode: number;
  readonly databaseCores: number;
  readonly shards: number;
  readonly eventGigabytesPerMonth: number;
  readonly viewGigabytesPerMonth: number;
  readonly receiptGigabytes: number;
  readonly frameGigabytes: number;
  readonly busPublished: number;
  readonly busDelivered: number;
  /** Seconds until all stations are back when all nodes have died. */
  readonly stormSeconds: number;
}

/** Transactional messages: each has a receipt. */
const receipted: readonly Message[] = ["start", "meter", "stop"];

/** The arithmetic for a number of stations. */
export function sizeFor(stations: number): Size {
  const traffic = trafficOf(stations);
  const nodes = nodesFor(stations);
  const bus = busTraffic(nodes, traffic.unitsPeak);
  return {
    stations,
    ...traffic,
    nodes,
    ...nodeCosts({ stations, nodes, ...traffic, ...bus }),
    ...databaseCosts({ stations, ...traffic }),
    ...bus,
    stormSeconds: stormSeconds(stations, nodes),
  };
}

/** Nodes take stations in side by side; several of them commit to one log. */
function stormSeconds(stations: number, nodes: number): number {
  const taken = stations / (nodes * figures.stormPerNode.value);
  if (nodes === 1) return taken;
  return Math.max(taken, (stations * assumptions.commitsOfReturn) / figures.unitsManyNodes.value);
}

function trafficOf(stations: number) {
  const perDay = Object.entries(messagesPerDay());
  const sum = (weight: (message: Message) => number) =>
    perDay.reduce((total, [name, count]) => total + count * weight(name as Message), 0);
  const heartbeats = stations / limitTable.heartbeatIntervalSeconds.default;
  const units = (stations * sum(() => 1)) / secondsOfDay;
  const events = (stations * sum((message) => eventsOfMessage[message])) / secondsOfDay;
  const { peak } = assumptions;
  return {
    callsMean: units + heartbeats,
    callsPeak: units * peak + heartbeats,
    unitsMean: units,
    unitsPeak: units * peak,
    eventsMean: events,
    eventsPeak: events * peak,
    receiptsPerDay: stations * sum((message) => (receipted.includes(message) ? 1 : 0)),
    signsOfLife: (stations * 1000) / limitTable.pingIntervalMs.default,
  };
}

/** One node may be away, and its stations are at the others. */
function nodesFor(stations: number): number {
  const { stationsPerGateway } = assumptions;
  return stations <= stationsPerGateway ? 1 : Math.ceil(stations / stationsPerGateway) + 1;
}

function nodeCosts(given: {
  readonly stations: number;
  readonly nodes: number;
  readonly callsPeak: number;
  readonly eventsPeak: number;
  readonly busDelivered: number;
}) {
  const { stations, nodes, callsPeak, eventsPeak, busDelivered } = given;
  const micro = 1e-6;
  const own =
    (callsPeak * figures.cpuPerCall.value + stations * figures.idleCpuPerStation.value) * micro;
  // Each event is read once by every node but the one that has committed it.
  const read = eventsPeak * (nodes - 1) * figures.foreignEventCpu.value;
  const tailCores = (read + busDelivered * figures.wakeUpCpu.value) * micro;
  const held = nodes === 1 ? stations : stations / (nodes - 1);
  const megabytesPerNode =
    figures.memoryOfNode.value + (held * figures.memoryPerStation.value) / 1000;
  return { cores: own + tailCores, tailCores, megabytesPerNode };
}

function databaseCosts(given: ReturnType<typeof trafficOf> & { readonly stations: number }) {
  const { unitsPeak, eventsMean, unitsMean, receiptsPerDay, signsOfLife } = given;
  const gigabytes = (rows: number, bytes: number) => (rows * bytes) / 1e9;
  const month = secondsOfDay * daysOfMonth;
  const signs = signsOfLife / figures.signsOfLife.value;
  const room = figures.unitsManyNodes.value * assumptions.utilization;
  return {
    databaseCores: unitsPeak * figures.databaseCpuPerUnit.value * 1e-6 + signs,
    shards: Math.ceil(unitsPeak / room),
    eventGigabytesPerMonth: gigabytes(eventsMean * month, figures.eventBytes.value),
    viewGigabytesPerMonth: gigabytes(eventsMean * month, figures.viewBytes.value),
    receiptGigabytes: gigabytes(
      receiptsPerDay * limitTable.receiptDays.default,
      figures.receiptBytes.value,
    ),
    frameGigabytes: gigabytes(
      unitsMean * secondsOfDay * limitTable.frameDays.default,
      figures.frameBytes.value,
    ),
  };
}

/** Nodes wake each other when the log has grown: at most once in `wakeUpMs`, each all others. */
function busTraffic(nodes: number, unitsPeak: number) {
  const most = nodes * (1000 / limitTable.wakeUpMs.default);
  const busPublished = nodes === 1 ? 0 : Math.min(unitsPeak, most);
  return { busPublished, busDelivered: busPublished * (nodes - 1) };
}
