import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Frame, FrameLog } from "#bus";
import { type Limits, limitsWith } from "#limits";

/** An open frame log with these limits, and how to be rid of it. */
export type OpenFrameLog = (limits: Limits) => Promise<{
  readonly log: FrameLog;
  dispose(): Promise<void>;
}>;

function frame(given: Partial<Frame> & { readonly n?: number } = {}): Frame {
  const { n = 0, ...more } = given;
  return {
    station: "s1",
    at: "2026-05-04T10:00:00.000Z",
    direction: "fromStation",
    protocol: "ocpp1.6",
    action: "Heartbeat",
    call: `[2,"${n}","Heartbeat",{}]`,
    ...more,
  };
}

/** What every frame log does. */
export function frameLogContract(name: string, open: OpenFrameLog): void {
  describe(`${name} is a frame log`, () => {
    let under: Awaited<ReturnType<OpenFrameLog>>;
    let log: FrameLog;
    beforeEach(async () => {
      under = await open(limitsWith({ frameQueueMax: 64, frameCharactersMax: 100 }));
      log = under.log;
    });
    afterEach(() => under.dispose());

    it("gives an exchange back as it was", async () => {
      const whole: Frame = {
        ...frame(),
        messageId: "m1",
        answer: '[3,"m1",{}]',
        tookMs: 1.5,
        deviations: ["payloadNull", "clock1970"],
        correlationId: "c1",
      };
      log.add(whole);
      log.add(frame({ direction: "toStation" }));
      const [second, first] = await log.list({ station: "s1", limit: 10 });
      expect(first).toEqual({ ...whole, id: first?.id });
      expect(second).toEqual({ ...frame({ direction: "toStation" }), id: second?.id });
      expect((second?.id ?? "") > (first?.id ?? "")).toBe(true);
    });

    it("lists a station's exchanges, newest first, page by page and over days", async () => {
      for (let n = 0; n < 30; n += 1) {
        const at = `2026-05-0${4 + Math.floor(n / 10)}T10:00:00.000Z`;
        log.add(frame({ n, at, station: `s${n % 2}`, action: n % 3 === 0 ? "Reset" : "Boot" }));
        if (n % 7 === 0) await log.flush();
      }
      const numbers: number[] = [];
      let before: string | undefined;
      for (let page = 0; page < 6; page += 1) {
        const frames = await log.list({ station: "s1", before, limit: 3 });
        numbers.push(...frames.map(({ call }) => JSON.parse(call)[1]).map(Number));
        before = frames.at(-1)?.id ?? before;
      }
      expect(numbers).toEqual(Array.from({ length: 15 }, (_, at) => 29 - 2 * at));
      const resets = await log.list({ station: "s1", action: "Reset", limit: 4 });
      expect(resets.map(({ call }) => JSON.parse(call)[1])).toEqual(["27", "21", "15", "9"]);
      expect(await log.list({ station: "nobody", limit: 5 })).toEqual([]);
    });

    it("lists the exchanges of all stations together, newest first, over days", async () => {
      for (let n = 0; n < 12; n += 1) {
        const at = `2026-05-0${4 + Math.floor(n / 5)}T10:00:00.000Z`;
        log.add(frame({ n, at, station: `s${n % 3}`, action: n % 4 === 0 ? "Reset" : "Boot" }));
      }
      const read: string[] = [];
      let before: string | undefined;
      for (let page = 0; page < 4; page += 1) {
        const frames = await log.list({ before, limit: 4 });
        read.push(...frames.map(({ station, call }) => `${station} ${JSON.parse(call)[1]}`));
        before = frames.at(-1)?.id ?? before;
      }
      expect(read).toEqual(Array.from({ length: 12 }, (_, at) => `s${(11 - at) % 3} ${11 - at}`));
      const resets = await log.list({ action: "Reset", limit: 9 });
      expect(resets.map(({ call }) => JSON.parse(call)[1])).toEqual(["8", "4", "0"]);
    });

    it("says how many wait to be written", async () => {
      for (let n = 0; n < 3; n += 1) log.add(frame({ n }));
      expect([0, 3]).toContain(log.waiting());
      await log.flush();
      expect(log.waiting()).toBe(0);
    });

    it("cuts long frames", async () => {
      log.add(frame({ call: "x".repeat(101), answer: "y".repeat(300) }));
      const [one] = await log.list({ station: "s1", limit: 1 });
      expect([one?.call.length, one?.answer?.length]).toEqual([100, 100]);
    });

    it("counts deviations, and keeps the counts when days are dropped", async () => {
      const seen = (day: string, deviations: string[], station = "s1") =>
        log.add(frame({ at: `${day}T10:00:00.000Z`, deviations, station }));
      seen("2026-05-04", ["b", "a"]);
      seen("2026-05-06", ["a"]);
      await log.flush();
      seen("2026-05-05", ["a"], "s2");
      seen("2026-05-05", ["a"]);
      await log.dropBefore("2026-05-06");
      const first = await log.list({ station: "s1", limit: 10 });
      expect(first.map(({ at }) => at)).toEqual(["2026-05-06T10:00:00.000Z"]);
      const [firstAt, lastAt] = ["2026-05-04T10:00:00.000Z", "2026-05-06T10:00:00.000Z"];
      const unknown = { vendor: "", model: "", firmwareVersion: "" };
      const ofFirst = [
        { station: "s1", code: "a", ...unknown, count: 3, firstAt, lastAt },
        { station: "s1", code: "b", ...unknown, count: 1, firstAt, lastAt: firstAt },
      ];
      expect(await log.deviations({ station: "s1" })).toEqual(ofFirst);
      expect(await log.deviations({})).toMatchObject([...ofFirst, { station: "s2", count: 1 }]);
      expect(await log.deviations({ station: "nobody" })).toEqual([]);
    });

    it("counts by firmware, sums by model, and lists page by page", async () => {
      const acme = { vendor: "Acme", model: "One" };
      const show = (station: string, codes: string[], firmwareVersion?: string) => {
        const shownBy = firmwareVersion === undefined ? undefined : { ...acme, firmwareVersion };
        log.add(frame({ station, deviations: codes, shownBy }));
      };
      show("s1", ["a", "b"], "1.0");
      show("s1", ["a"], "1.1");
      await log.flush();
      show("s1", ["a"], "1.1");
      show("s2", ["a"], "1.1");
      show("s3", ["a"]);
      const own = await log.deviations({ station: "s1", code: "a" });
      expect(own).toMatchObject([
        { ...acme, firmwareVersion: "1.0", count: 1 },
        { ...acme, firmwareVersion: "1.1", count: 2 },
      ]);
      const all = await log.modelDeviations({});
      expect(all).toMatchObject([
        { vendor: "", model: "", code: "a", count: 1, stations: 1 },
        { ...acme, firmwareVersion: "1.0", code: "a", count: 1, stations: 1 },
        { ...acme, firmwareVersion: "1.0", code: "b", count: 1, stations: 1 },
        { ...acme, firmwareVersion: "1.1", code: "a", count: 3, stations: 2 },
      ]);
      expect(await log.modelDeviations({ vendor: "Acme", code: "a" })).toEqual([all[1], all[3]]);
      expect(await log.modelDeviations({ firmwareVersion: "1.1", model: "One" })).toEqual([all[3]]);
      const rows = await log.deviations({});
      const pages: unknown[] = [];
      let after: readonly string[] | undefined;
      for (let page = 0; page < 6; page += 1) {
        const some = await log.deviations({ after, limit: 2, vendor: "Acme" });
        pages.push(...some);
        const last = some.at(-1);
        if (last === undefined) break;
        after = [last.station, last.code, last.vendor, last.model, last.firmwareVersion];
      }
      expect(pages).toEqual(rows.filter(({ vendor }) => vendor === "Acme"));
      expect(pages).toHaveLength(4);
    });

    it("drops the oldest when too many wait, and counts them", async () => {
      for (let n = 0; n < 100; n += 1) log.add(frame({ n }));
      const kept = await log.list({ station: "s1", limit: 100 });
      expect(kept[0]?.call).toBe(frame({ n: 99 }).call);
      expect(kept.length).toBeLessThanOrEqual(64);
      expect(log.dropped()).toBe(100 - kept.length);
      expect(kept.at(-1)?.call).toBe(frame({ n: log.dropped() }).call);
    });
  });
}
