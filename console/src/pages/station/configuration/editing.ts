// What a person has changed in a station's settings, and how far each change is on its way. They
// are sent in turn: a station that gets many at once may mix them up, and an answer tells whether
// the next one makes sense. What was refused stays a draft, with the reason.
import type { Item } from "../../../api/call.ts";
import { isHopeless, type Refusal, refusalOf } from "../../../api/problem.ts";
import type { Difference, Drafts } from "./drafts.ts";

/** What became of a request so far. */
export type Sent = Pick<Item<"getRequests">, "requestId" | "state" | "outcome" | "status">;
type Outcome = NonNullable<Sent["outcome"]>;

/** How far a draft is on its way. */
export type Note =
  /** Others go first. */
  | { readonly kind: "waits" }
  | { readonly kind: "asking" }
  /** It was asked for, and the station has not answered, or is away. */
  | { readonly kind: "pending"; readonly requestId: string }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "unmet"; readonly outcome: Outcome; readonly status: string | undefined };

/** Drafts of one station's settings. */
export interface Editing {
  readonly drafts: Drafts;
  readonly notes: Readonly<Record<string, Note>>;
  readonly isSending: boolean;
}

export const untouched: Editing = { drafts: {}, notes: {}, isSending: false };

/** A change of that. */
export type Edit = (editing: Editing) => Editing;

/** Somebody has typed: what was said of the draft before does not hold any more. */
export function drafted(key: string, value: string): Edit {
  return ({ drafts, notes, isSending }) => ({
    drafts: { ...drafts, [key]: value },
    notes: without(notes, key),
    isSending,
  });
}

/** How far a draft is. */
export function noted(key: string, note: Note): Edit {
  return (editing) => ({ ...editing, notes: { ...editing.notes, [key]: note } });
}

/** What the station made of a change: taken, it is no draft any more, unless it was typed on. */
export function settled({ key, after }: Difference, sent: Sent): Edit {
  const { requestId, state, outcome, status } = sent;
  if (state !== "done" || outcome === undefined) return noted(key, { kind: "pending", requestId });
  if (outcome !== "accepted") return noted(key, { kind: "unmet", outcome, status });
  return ({ drafts, notes, isSending }) => ({
    drafts: drafts[key] === after ? without(drafts, key) : drafts,
    notes: without(notes, key),
    isSending,
  });
}

/** How many were taken, and of those how many wait for a reboot. */
export interface Summary {
  readonly taken: number;
  readonly reboots: number;
  readonly left: number;
}

/** Sends one change after the other; each has its end before the next one goes. */
export async function sendInTurn(
  changes: readonly Difference[],
  given: {
    readonly ask: (change: Difference) => Promise<Sent>;
    readonly edit: (edit: Edit) => void;
    /** Looks again at the station's settings, before a draft makes room for them. */
    readonly refresh: () => Promise<unknown>;
  },
): Promise<Summary> {
  const { ask, edit, refresh } = given;
  let summary: Summary = { taken: 0, reboots: 0, left: changes.length };
  for (const { key } of changes) edit(noted(key, { kind: "waits" }));
  for (const change of changes) {
    const { key } = change;
    edit(noted(key, { kind: "asking" }));
    try {
      const sent = await ask(change);
      if (sent.outcome === "accepted") {
        await refresh();
        const reboots = summary.reboots + (sent.status === "RebootRequired" ? 1 : 0);
        summary = { taken: summary.taken + 1, reboots, left: summary.left - 1 };
      }
      edit(settled(change, sent));
    } catch (error) {
      const refusal = refusalOf(error);
      edit(noted(key, { kind: "refused", refusal }));
      if (isHopeless(refusal)) break;
    }
  }
  edit(unwaiting);
  return summary;
}

/** Nothing is on its way any more: what waited for its turn is a draft like any other. */
const unwaiting: Edit = (editing) => ({
  ...editing,
  notes: Object.fromEntries(
    Object.entries(editing.notes).filter(([, { kind }]) => kind !== "waits"),
  ),
});

function without<T>(members: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== key));
}
