import { describe, expect, it } from "vitest";
import { Refused } from "../../api/problem.ts";
import { tokenRowsIn } from "./rows.ts";
import { type Progress, sendRows } from "./sending.ts";

const rows = tokenRowsIn(Array.from({ length: 20 }, (_none, at) => `T${at}`).join("\n"));

const refused = (code: "BodyInvalid" | "NotPermitted") =>
  new Refused({ ...{ type: "about:blank", status: 400 }, code, title: "no" });

function sending(fails: (uid: string) => Error | undefined) {
  const stop = new AbortController();
  const told: Progress[] = [];
  const sent: string[] = [];
  const done = sendRows(rows, {
    signal: stop.signal,
    onProgress: (progress) => told.push(progress),
    send: async ({ uid }) => {
      sent.push(uid);
      const error = fails(uid);
      if (error !== undefined) throw error;
    },
  });
  return { stop, told, sent, done };
}

describe("sending a table", () => {
  it("tells of each row, and keeps what was refused with the reason", async () => {
    const { told, done } = sending((uid) => (uid === "T3" ? refused("BodyInvalid") : undefined));
    const end = await done;
    expect(end).toMatchObject({ all: 20, taken: 19 });
    expect(end.notTaken).toMatchObject([{ row: { uid: "T3" }, refusal: { code: "BodyInvalid" } }]);
    expect(told).toHaveLength(21);
    expect(end.rest).toEqual([]);
  });

  it("ends where the next row would fare no better", async () => {
    const { sent, done } = sending(() => refused("NotPermitted"));
    const end = await done;
    expect(end.taken).toBe(0);
    expect(sent.length).toBeLessThanOrEqual(4);
    expect(end.notTaken).toHaveLength(sent.length);
  });

  it("goes on with the rest, for which it was not over", async () => {
    const first = await sending((uid) => (uid === "T4" ? refused("NotPermitted") : undefined)).done;
    const { rest = [] } = first;
    expect(rest[0]).toMatchObject({ uid: "T4" });
    expect(first.taken + rest.length).toBe(20);
    const stop = new AbortController();
    const onProgress = () => {};
    const given = { signal: stop.signal, onProgress, before: first, send: async () => {} };
    expect(await sendRows(rest, given)).toEqual({ all: 20, taken: 20, notTaken: [], rest: [] });
  });

  it("ends when somebody stops it", async () => {
    const { stop, sent, done } = sending((uid) => {
      if (uid === "T5") stop.abort();
      return undefined;
    });
    await done;
    expect(sent.length).toBeLessThan(20);
  });
});
