// What holds after any sequence of commands, whoever sends them in whatever order.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DecidedEvent, isServed, type StationState } from "#core";
import { accepted, asked, at, configured, created, evse } from "#support/station-history";
import { motown, theStation } from "#support/story/actors";
import { scenario, startFact, stopFact } from "#support/story/scenario";
import { register } from "#support/story/transaction-history";

type Story = ReturnType<typeof scenario>;
type Step = (story: Story) => void;

const id = fc.integer({ min: 1, max: 6 }).map((n) => `r${n}`);
const seconds = fc.integer({ min: 0, max: 120 });
const evseId = fc.integer({ min: 1, max: 3 });
const tokenRef = fc.constantFrom("token-1", "token-2");
const outcome = fc.constantFrom("accepted", "rejected", "timedOut", "stationOffline", "failed");

/** A number that the station may use: one of ours, an old one, or none. */
const numberOf = (story: Story, pick: number): number =>
  pick < 0 ? pick : story.station().transactionNumberBase + pick;

const wishes: fc.Arbitrary<Step>[] = [
  fc.tuple(id, fc.constantFrom("soft", "hard")).map(
    ([r, kind]) =>
      (s) =>
        s.tell("RequestReset", { ...asked(r), kind }),
  ),
  fc.tuple(id, tokenRef, evseId).map(
    ([r, token, on]) =>
      (s) =>
        s.tell("RequestStartTransaction", { ...asked(r), tokenRef: token, evseId: on }),
  ),
  fc.tuple(id, fc.integer({ min: 0, max: 8 })).map(
    ([r, pick]) =>
      (s) =>
        s.tell("RequestStopTransaction", {
          ...asked(r),
          transactionNumber: numberOf(s, pick),
        }),
  ),
  id.map((r) => (s) => s.tell("RequestUnlockEvse", asked(r))),
  fc.tuple(id, evseId).map(
    ([r, on]) =>
      (s) =>
        s.tell("RequestReserveNow", {
          ...asked(r),
          reservationId: `res-${r}`,
          evseId: on,
          tokenRef: "token-1",
          expiresAt: at(500),
        }),
  ),
  fc.constant((s) => s.tell("MakeChargingStationReservable", {})),
  fc.constant((s) => s.tell("AcceptChargingStation", {})),
  fc.constant((s) => s.tell("UnacceptChargingStation", {})),
  fc.constant((s) => s.tell("DecommissionChargingStation", {})),
  fc.constant((s) => s.tell("RecommissionChargingStation", {})),
  evseId.map((on) => (s) => s.tell("ConfigureChargingStation", { evses: [evse(1), evse(on + 1)] })),
];

const clockwork: fc.Arbitrary<Step>[] = [
  fc.tuple(id, seconds).map(
    ([requestId, t]) =>
      (s) =>
        s.tell("RecordRequestSent", { requestId, epoch: 7, at: at(t) }, motown),
  ),
  fc.tuple(id, seconds).map(
    ([requestId, t]) =>
      (s) =>
        s.tell("ExpireRequest", { requestId, at: at(t) }, motown),
  ),
  fc.tuple(id, seconds).map(
    ([requestId, t]) =>
      (s) =>
        s.tell("ExpireFollowUp", { requestId, at: at(t) }, motown),
  ),
];

const facts: fc.Arbitrary<Step>[] = [
  fc.tuple(id, outcome, seconds).map(
    ([requestId, word, t]) =>
      (s) =>
        s.tell("RecordRequestCompleted", { requestId, outcome: word, at: at(t) }, theStation),
  ),
  fc.tuple(evseId, tokenRef, seconds).map(
    ([on, token, t]) =>
      (s) =>
        s.starts(
          startFact({
            transactionId: `tx-${on}-${token}-${t}-${s.station().transactionCount}`,
            evseId: on,
            tokenRef: token,
            startedAt: at(t),
            at: at(t),
          }),
        ),
  ),
  fc.tuple(fc.integer({ min: -1, max: 8 }), tokenRef, seconds).map(
    ([pick, token, t]) =>
      (s) =>
        s.stops(
          stopFact(numberOf(s, pick), {
            transactionId: `late-${t}-${s.station().transactionCount}`,
            tokenRef: token,
            stoppedAt: at(t),
            at: at(t),
          }),
        ),
  ),
  fc.tuple(evseId, fc.integer({ min: 0, max: 9_000_000 }), seconds).map(
    ([on, milli, t]) =>
      (s) =>
        s.meters({ at: at(t), evseId: on, samples: [register(milli, t)] }),
  ),
  seconds.map((t) => (s) => s.tell("RecordBoot", { at: at(t), protocol: "ocpp1.6" }, theStation)),
];

const sequences = fc.array(fc.oneof(...wishes, ...clockwork, ...facts), { maxLength: 40 });

/** Runs a sequence from a served station and looks at each state on the way. */
function along(steps: readonly Step[], look: (now: StationState, before: StationState) => void) {
  const story = scenario(created, accepted, configured);
  for (const step of steps) {
    const before = story.station();
    step(story);
    look(story.station(), before);
  }
  return story;
}

const unique = (list: readonly unknown[]) => expect(new Set(list).size).toBe(list.length);

describe("after any sequence of commands", () => {
  it("transactions are numbered apart, counted up, and within a positive int32", () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        along(steps, (now, before) => {
          const known = [...now.openTransactions, ...now.closedTransactions];
          unique(known.map((one) => one.transactionNumber));
          unique(known.map((one) => one.transactionId));
          unique(now.openTransactions.map((one) => one.evseId));
          expect(now.transactionCount).toBeGreaterThanOrEqual(before.transactionCount);
          for (const { transactionNumber } of known) {
            expect(transactionNumber).toBeGreaterThan(now.transactionNumberBase);
            expect(transactionNumber).toBeLessThan(2 ** 31);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
  it("a station's open sessions are those whose transaction has not ended", () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        const story = along(steps, () => undefined);
        const { openTransactions, closedTransactions } = story.station();
        for (const { transactionId } of openTransactions) {
          expect(story.transaction(transactionId).exists).toBe(true);
          expect(story.transaction(transactionId).end).toBeUndefined();
        }
        for (const { transactionId } of closedTransactions) {
          expect(story.transaction(transactionId).end).toBeDefined();
        }
      }),
      { numRuns: 40 },
    );
  });
  it("a request is outstanding or has ended, never both, and ends once", () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        const ended: string[] = [];
        const story = scenario(created, accepted, configured);
        const heard = noting(story, (event) => {
          if (event.type !== "RequestCompleted") return;
          ended.push((event.data as { requestId: string }).requestId);
        });
        for (const step of steps) step(heard);
        const { requests } = story.station();
        unique(requests.map((one) => one.requestId));
        const asks = heard.asked();
        for (const requestId of new Set(asks)) {
          const count = (list: readonly string[]) => list.filter((one) => one === requestId).length;
          const open = requests.some((one) => one.requestId === requestId) ? 1 : 0;
          expect(count(ended) + open).toBe(count(asks));
        }
      }),
      { numRuns: 40 },
    );
  });
  it("a wish goes to the wire only while the station is served", () => {
    fc.assert(
      fc.property(sequences, (steps) => {
        along(steps, (now, before) => {
          const more = now.requests.length > before.requests.length;
          if (more) expect(isServed(before)).toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });
});

/** A story that tells of each event, and which requests were asked. */
function noting(story: Story, note: (event: DecidedEvent) => void) {
  const asks: string[] = [];
  const heard = <A extends readonly never[]>(act: (...what: A) => ReturnType<Story["tell"]>) =>
    ((...what: A) => {
      const unit = act(...what);
      for (const event of unit.events) {
        note(event);
        const data = event.data as { requestId?: string; requestedAt?: string };
        if (data.requestedAt !== undefined && data.requestId !== undefined) {
          asks.push(data.requestId);
        }
      }
      return unit;
    }) as never;
  return {
    ...story,
    tell: heard(story.tell as never) as Story["tell"],
    starts: heard(story.starts as never) as Story["starts"],
    stops: heard(story.stops as never) as Story["stops"],
    asked: () => asks,
  };
}
