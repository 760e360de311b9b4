// Holds what a story led to against what its case says, and against what must hold in every case.
import { expect } from "vitest";
import type { TruthCase } from "./case.ts";
import type { Item } from "./house.ts";
import { namesOf, type StoredEvent } from "./names.ts";
import { flagOf, wordsOfAnswer, wordsOfEvent, wordsOfReviews, wordsOfSession } from "./words.ts";
import type { World } from "./world.ts";

/** The four columns of a case. */
type Told = Pick<TruthCase, "stored" | "answered" | "shown" | "flagged">;

/** What happened, in the words of the cases. */
export async function toldOf(world: World): Promise<Told> {
  const shown = await world.shown();
  const events = await world.events();
  const names = namesOf(events);
  checkSums(events, shown, names);
  const numbers = numbersOf(events, names);
  const isText = (text: string | undefined): text is string => text !== undefined;
  const answered = world.answers.map((answer) => wordsOfAnswer(answer, numbers));
  const inOrder = [...shown].sort((a, b) => nameOf(a, names).localeCompare(nameOf(b, names)));
  return {
    stored: events.map((event) => wordsOfEvent(event, names)).filter(isText),
    answered,
    shown: inOrder.map((item) => wordsOfSession(item, names)),
    flagged: inOrder.map((item) => wordsOfReviews(item, names)).filter(isText),
  };
}

function nameOf(item: Item, names: ReadonlyMap<string, string>): string {
  return names.get(String(item.transactionId)) ?? "?";
}

function numbersOf(events: readonly StoredEvent[], names: ReadonlyMap<string, string>) {
  const begun = events.filter(({ type }) => type === "TransactionStarted");
  const numbers = begun.map(({ data, stream }): [unknown, string] => [
    data.transactionNumber,
    names.get(stream.replace(/^transaction\//, "")) ?? "?",
  ]);
  expect(new Set(numbers.map(([number]) => number)).size, "numbers are unique").toBe(begun.length);
  return new Map(numbers);
}

/** The station and its transactions tell one story, and the API shows what the log holds. */
function checkSums(
  events: readonly StoredEvent[],
  shown: readonly Item[],
  names: ReadonlyMap<string, string>,
): void {
  const idsOf = (type: string) =>
    events.filter((event) => event.type === type).map(({ data }) => String(data.transactionId));
  const ids = [...names.keys()].sort();
  expect(idsOf("TransactionOpened").sort(), "each start is known to the station").toEqual(ids);
  const closed = idsOf("TransactionClosed");
  expect(new Set(closed).size, "each end is known to the station once").toBe(closed.length);
  expect(shown.map(({ transactionId }) => transactionId).sort()).toEqual(ids);
  for (const item of shown) {
    const isOpen = !closed.includes(String(item.transactionId));
    expect(item.state === "active", "open for the station and for its session").toBe(isOpen);
    expect(Number(item.energyWh ?? 0)).toBeGreaterThanOrEqual(0);
    expect([...(item.reviews as string[])].sort(), "flags").toEqual(
      flagsOf(events, names, nameOf(item, names)),
    );
  }
}

/** What was flagged since a person looked last. */
function flagsOf(
  events: readonly StoredEvent[],
  names: ReadonlyMap<string, string>,
  name: string,
): string[] {
  let reasons = new Set<string>();
  for (const event of events) {
    const flag = flagOf(event, names);
    if (flag?.name === name) reasons.add(flag.reason);
    const isReview = event.type === "TransactionReviewed";
    if (isReview && names.get(event.stream.replace(/^transaction\//, "")) === name) {
      reasons = new Set();
    }
  }
  return [...reasons].sort();
}

/** Every CALL has one answer, or none where the story says so; none was refused by the client. */
export function checkFrames(world: World): void {
  for (const client of world.clients) {
    expect(client.violations, "what the client has against our frames").toEqual([]);
    for (const { frame, text } of client.frames) {
      if (frame?.[0] !== 2) continue;
      const answers = client.answersTo(String(frame[1])).length;
      expect(answers, text).toBe(String(frame[1]).startsWith("in-vain") ? 0 : 1);
    }
  }
}
