import { expect, it } from "vitest";
import { entryOfEvent, entryOfFrame } from "../../parts/timeline/entries.ts";
import { searched } from "./searched.ts";

it("finds what holds every word, in whatever case, in frames as in events", () => {
  const at = "2026-05-04T10:00:00.000Z";
  const entries = [
    entryOfEvent({
      ...{ cursor: "e", type: "TransactionStarted", schema: 1, stream: "s", version: 1 },
      ...{ data: {}, meta: { recordedAt: at, actor: { kind: "user", id: "anna" } } },
    }),
    entryOfFrame({
      ...{ id: "f", at, protocol: "ocpp1.6", direction: "fromStation", action: "MeterValues" },
      call: '[2,"x","MeterValues",{"a":"Quoted"}]',
    }),
  ];
  expect(searched(entries, "STARTED anna").map(({ id }) => id)).toEqual(["e"]);
  expect(searched(entries, '"quoted"').map(({ id }) => id)).toEqual(["f"]);
  expect(searched(entries, "anna quoted")).toEqual([]);
  expect(searched(entries, " ")).toBe(entries);
});
