// The sizes at which something gives way, first things first.
import { limitTable } from "#limits";
import { figures } from "./figures.ts";
import { assumptions, sizeFor } from "./sizes.ts";

/** What gives way, at how many stations, and what helps then. */
export interface Threshold {
  readonly stations: number;
  readonly what: string;
  readonly helps: string;
}

const stormSecondsMax = 120;
const receiptGigabytesMax = 2_000;
const searchedMax = 10_000_000;

/** In the order in which they are met. */
export function thresholds(): readonly Threshold[] {
  const { utilization, stationsPerGateway } = assumptions;
  const half = `${100 * utilization} %`;
  const all = [
    {
      stations: stationsPerGateway,
      what: "sockets of one process (`socketsMax`)",
      helps: "more nodes, on PostgreSQL",
    },
    {
      stations: sizeAt(({ receiptGigabytes }) => receiptGigabytes > receiptGigabytesMax),
      what: `PostgreSQL's disk: receipts of ${limitTable.receiptDays.default} days pass 2 TB`,
      helps: "fewer `receiptDays`; longer sample intervals (`MeterValueSampleInterval`)",
    },
    {
      stations: sizeAt(({ stormSeconds }) => stormSeconds > stormSecondsMax),
      what: `all stations at once: their return takes more than ${stormSecondsMax} s of the log`,
      helps: "nothing is lost, stations wait; shards",
    },
    {
      stations: sizeAt(({ unitsPeak }) => unitsPeak > utilization * figures.unitsManyNodes.value),
      what: `the log's one writer passes ${half} of what it can commit`,
      helps: "shards",
    },
    {
      stations: sizeAt(({ signsOfLife }) => signsOfLife > figures.signsOfLife.value),
      what: "signs of life take more than one connection's time",
      helps: "a longer `pingIntervalMs`; shards",
    },
    {
      stations: sizeAt(({ busDelivered }) => busDelivered > figures.wakeUpsOut.value),
      what: "wake-ups between nodes pass what one NATS was seen to carry",
      helps: "a longer `wakeUpMs`; shards",
    },
    {
      stations: sizeAt(({ eventsPeak }) => eventsPeak > utilization * figures.viewEvents.value),
      what: `the views' one worker passes ${half} of what it can take`,
      helps: "a worker for each shard",
    },
    {
      stations: sizeAt(({ cores, tailCores }) => tailCores > cores / 2),
      what: "nodes spend more on reading what others commit than on their own stations",
      helps: "nodes that hear of their own shards alone",
    },
  ];
  return all.sort((a, b) => a.stations - b.stations);
}

type Size = ReturnType<typeof sizeFor>;

/** The smallest number of stations, to a thousand, for which it is so. */
function sizeAt(isSo: (size: Size) => boolean): number {
  for (let stations = 1_000; stations <= searchedMax; stations += 1_000) {
    if (isSo(sizeFor(stations))) return stations;
  }
  return Number.POSITIVE_INFINITY;
}
