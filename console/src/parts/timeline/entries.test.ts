import { describe, expect, it } from "vitest";
import {
  asJsonLines,
  entryAt,
  entryOfEvent,
  entryOfFrame,
  instantsOf,
  readableOf,
} from "./entries.ts";

const event = (second: number, type: string) =>
  entryOfEvent({
    ...{ cursor: `e${second}`, type, schema: 1, stream: "s", version: second, data: { evseId: 1 } },
    meta: {
      recordedAt: new Date(second * 1000).toISOString(),
      actor: { kind: "user", id: "anna" },
    },
  });
const frame = (second: number, call: string) =>
  entryOfFrame({
    ...{ id: `f${second}`, at: new Date(second * 1000).toISOString(), protocol: "ocpp1.6" },
    ...{ direction: "fromStation", action: "Heartbeat", call, tookMs: 3.4 },
  });

describe("a timeline", () => {
  it("is at the newest entry that is not later than its position", () => {
    const entries = [event(9, "C"), event(5, "B"), event(1, "A")];
    expect(entryAt(entries, new Date(6000).toISOString())?.title).toBe("B");
    expect(entryAt(entries, new Date(500).toISOString())).toBeUndefined();
    expect(entryAt(entries, undefined)).toBeUndefined();
  });

  it("knows each instant once, the oldest first", () => {
    const at = (second: number) => new Date(second * 1000).toISOString();
    expect(instantsOf([event(9, "B"), event(1, "A")], [frame(9, "[]")])).toEqual([at(1), at(9)]);
  });

  it("is downloaded as a line of JSON for each entry, the oldest first", () => {
    const lines = asJsonLines([event(9, "B"), frame(1, "[2]")]).split("\n");
    expect(lines.map((line) => line && JSON.parse(line).kind)).toEqual(["frame", "event", ""]);
  });

  it("shows frames as JSON, and as they were where they are none", () => {
    expect(JSON.parse(readableOf(frame(1, "[2]"))).call).toEqual([2]);
    expect(JSON.parse(readableOf(frame(1, "[2"))).call).toBe("[2");
  });
});
