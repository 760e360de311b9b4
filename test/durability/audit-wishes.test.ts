import { expect, it } from "vitest";
import type { LoggedEvent } from "../../bench/seeded/log-file.ts";
import { auditWishes } from "./audit-wishes.ts";
import { viewDifferences } from "./conclude.ts";
import type { ToldWish } from "./drill-operator.ts";

const event = (type: string, data: object): LoggedEvent => ({
  ...{ position: 1, type, stream: "charging-station/s1" },
  data: { ...data },
});
const asked = event("DataTransferRequested", { requestId: "q1", data: "drill-1" });
const sent = event("RequestSent", { requestId: "q1" });
const ended = (outcome: string) => event("RequestCompleted", { requestId: "q1", outcome });
const moved = event("ChargingStationMoved", { address: { addressLine1: "drill-3" } });
const wish = (kind: ToldWish["kind"], mark: string, answer: string): ToldWish => ({
  ...{ kind, mark, answer, stationId: "S1", attempts: 1 },
});
const told = [
  wish("request", "drill-1", "q1"),
  wish("decision", "drill-3", "ChargingStationMoved"),
];
const good = [asked, sent, ended("accepted"), moved];

const found = (
  events: readonly LoggedEvent[],
  heard: Readonly<Record<string, number>> = { "drill-1": 1 },
  wishes: readonly ToldWish[] = told,
) => auditWishes(events, wishes, new Map(Object.entries(heard))).findings;

it("has nothing against one effect, one sending and one end each", () => {
  expect(found(good)).toEqual([]);
  expect(found([asked, ended("stationOffline"), moved], {})).toEqual([]);
  // It was sent, and may have been executed: heard or not.
  expect(found([asked, sent, ended("timedOut"), moved], {})).toEqual([]);
  expect(found([asked, sent, ended("timedOut"), moved])).toEqual([]);
});

it.each([
  ["a request that is not there", [moved], {}, "lost: drill-1"],
  ["a decision that is not there", good.slice(0, 3), undefined, "lost: drill-3"],
  ["a decision that was made twice", [...good, moved], undefined, "doubled: drill-3"],
  ["a request without an end", [asked, sent, moved], undefined, "drill-1 (q1) ended as []"],
  ["two ends", [...good, ended("timedOut")], undefined, "ended as [accepted,timedOut]"],
  ["two sendings", [...good, sent], undefined, "was sent 2 times"],
  ["what was heard twice", good, { "drill-1": 2 }, "was heard 2 times"],
  ["what was never heard", good, {}, "accepted by nobody"],
  ["what was sent to none", [asked, sent, ended("stationOffline"), moved], {}, "offline"],
  ["an unrecorded sending", [asked, ended("stationOffline"), moved], undefined, "not recorded"],
  ["what nobody asked", good, { "drill-1": 1, "drill-9": 1 }, "nobody asked for it"],
])("finds %s", (_what, events, heard, finding) => {
  expect(found(events, heard)).toContainEqual(expect.stringContaining(finding));
});

it("finds an answer that names another request, and an effect that nobody was told", () => {
  const other = [wish("request", "drill-1", "q2"), ...told.slice(1)];
  expect(found(good, { "drill-1": 1 }, other)).toEqual(["drill-1: told q2, the log has q1"]);
  const less = told.slice(0, 1);
  expect(found(good, { "drill-1": 1 }, less)).toEqual([
    "drill-3 has an effect and was never answered",
  ]);
});

it("finds rows that differ between views, and leaves the store's own tables out", () => {
  const before = new Map([
    ["evses", ["a", "b"]],
    ["motown_checkpoint", ["1"]],
  ]);
  const again = new Map([
    ["evses", ["a", "c"]],
    ["motown_checkpoint", ["2"]],
  ]);
  expect(viewDifferences(before, before)).toEqual([]);
  expect(viewDifferences(before, again)).toEqual([
    "only in evses: b",
    "only in evses as built again: c",
  ]);
});
