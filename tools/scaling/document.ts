// Writes the tables of docs/scaling.md: whatever stands between `<!-- table: name -->` and
// `<!-- end -->` is worked out from the figures, so that no table can say what they do not.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { limitTable } from "#limits";
import type { Generated } from "../gen-payloads.ts";
import { eventsOfMessage, figures, type Message } from "./figures.ts";
import { assumptions, messagesPerDay, type Size, sizeFor } from "./sizes.ts";
import { thresholds } from "./thresholds.ts";

const file = "docs/scaling.md";
const stations = [1_000, 10_000, 50_000, 100_000, 1_000_000];

/** Two digits that count, with commas between thousands. */
function rounded(value: number): string {
  if (value === 0) return "0";
  const unit = 10 ** Math.max(-2, Math.floor(Math.log10(value)) - 1);
  const digits = unit < 1 ? Math.round(-Math.log10(unit)) : 0;
  const near = Math.round(value / unit) * unit;
  return near.toLocaleString("en", { maximumFractionDigits: digits });
}

function bytes(gigabytes: number): string {
  return gigabytes >= 1000 ? `${rounded(gigabytes / 1000)} TB` : `${rounded(gigabytes)} GB`;
}

type Row = readonly [title: string, cell: (size: Size) => string];

const tables: Readonly<Record<string, readonly Row[]>> = {
  traffic: [
    ["calls/s, mean", (size) => rounded(size.callsMean)],
    ["calls/s, busiest hour", (size) => rounded(size.callsPeak)],
    ["commits/s, busiest hour", (size) => rounded(size.unitsPeak)],
    ["events/s, mean", (size) => rounded(size.eventsMean)],
    ["events/s, busiest hour", (size) => rounded(size.eventsPeak)],
    ["signs of life/s", (size) => rounded(size.signsOfLife)],
  ],
  nodes: [
    ["nodes", (size) => rounded(size.nodes)],
    ["their cores, busiest hour", (size) => rounded(size.cores)],
    ["of these for hearing what others commit", (size) => rounded(size.tailCores)],
    ["memory of each", (size) => `${rounded(size.megabytesPerNode)} MB`],
    ["all back after all nodes died", (size) => `${rounded(size.stormSeconds)} s`],
    ["NATS: messages/s in", (size) => rounded(size.busPublished)],
    ["NATS: messages/s out", (size) => rounded(size.busDelivered)],
  ],
  database: [
    ["PostgreSQL's cores, busiest hour", (size) => rounded(size.databaseCores)],
    ["of what one log can commit", (size) => `${rounded(loadOf(size))} %`],
    ["of what the views' worker can take", (size) => `${rounded(viewLoadOf(size))} %`],
    ["logs (shards) needed", (size) => rounded(size.shards)],
    ["events, a month", (size) => bytes(size.eventGigabytesPerMonth)],
    ["views, a month", (size) => bytes(size.viewGigabytesPerMonth)],
    ["receipts, after 400 days", (size) => bytes(size.receiptGigabytes)],
    ["frames, after 30 days", (size) => bytes(size.frameGigabytes)],
  ],
};

function loadOf({ unitsPeak }: Size): number {
  return (100 * unitsPeak) / figures.unitsManyNodes.value;
}

function viewLoadOf({ eventsPeak }: Size): number {
  return (100 * eventsPeak) / figures.viewEvents.value;
}

const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

function sizeTable(rows: readonly Row[]): string[] {
  const sizes = stations.map(sizeFor);
  return [
    line(["stations", ...stations.map((count) => count.toLocaleString("en"))]),
    line(["---", ...stations.map(() => "---:")]),
    ...rows.map(([title, cell]) => line([title, ...sizes.map(cell)])),
  ];
}

function figureTable(): string[] {
  return [
    line(["figure", "", "measured by"]),
    line(["---", "---:", "---"]),
    ...Object.values(figures).map(({ value, unit, what, from }) =>
      line([what, `${value.toLocaleString("en")} ${unit}`, from]),
    ),
  ];
}

function messageTable(): string[] {
  const heartbeats = 86_400 / limitTable.heartbeatIntervalSeconds.default;
  const perDay = { heartbeat: heartbeats, ...messagesPerDay() };
  return [
    line(["message", "a day, from each station", "events it becomes"]),
    line(["---", "---:", "---:"]),
    ...Object.entries(perDay).map(([name, count]) =>
      line([name, rounded(count), String(eventsOfMessage[name as Message])]),
    ),
  ];
}

function assumptionTable(): string[] {
  const { sessionsPerDay, sessionMinutes, sampleSeconds, peak } = assumptions;
  const { stationsPerGateway, utilization } = assumptions;
  return [
    line(["assumed", ""]),
    line(["---", "---:"]),
    line(["sessions of a station, a day", String(sessionsPerDay)]),
    line(["a session", `${sessionMinutes} min`]),
    line(["a sample every", `${sampleSeconds} s`]),
    line(["the busiest hour, against the mean of a day", `${peak} times`]),
    line(["stations of one node", stationsPerGateway.toLocaleString("en")]),
    line(["of what an engine can do, used at most", `${100 * utilization} %`]),
  ];
}

function thresholdTable(): string[] {
  return [
    line(["at some", "gives way", "what helps"]),
    line(["---:", "---", "---"]),
    ...thresholds().map(({ stations: count, what, helps }) => line([rounded(count), what, helps])),
  ];
}

const others: Readonly<Record<string, () => readonly string[]>> = {
  figures: figureTable,
  messages: messageTable,
  assumptions: assumptionTable,
  thresholds: thresholdTable,
};

function tableCalled(name: string): string {
  const rows = tables[name];
  if (rows !== undefined) return sizeTable(rows).join("\n");
  const other = others[name];
  if (other !== undefined) return other().join("\n");
  throw new Error(`docs/scaling.md wants a table that is not there: ${name}`);
}

/** `docs/scaling.md` with its tables written anew. */
export const scaling: Generated = {
  file,
  text: () => {
    const written = readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), "utf8");
    return written.replaceAll(
      /(<!-- table: (\w+) -->)[\s\S]*?(<!-- end -->)/g,
      (_all, start: string, name: string, end: string) =>
        `${start}\n\n${tableCalled(name)}\n\n${end}`,
    );
  },
};
