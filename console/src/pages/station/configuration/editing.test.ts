import { describe, expect, it } from "vitest";
import { Refused } from "../../../api/problem.ts";
import { drafted, type Editing, type Sent, sendInTurn, settled, untouched } from "./editing.ts";

const change = (key: string, after = "1") => ({ key, before: "0", after });
const done = (outcome: Sent["outcome"], status?: string): Sent => ({
  requestId: "r",
  state: "done",
  outcome,
  status,
});

/** Drafts of A, B and C on their way to a station that answers so. */
async function sent(answers: Readonly<Record<string, Sent | Error>>) {
  const changes = ["A", "B", "C"].map((key) => change(key));
  let editing: Editing = { ...untouched, drafts: { A: "1", B: "1", C: "1" } };
  const course: string[] = [];
  const summary = await sendInTurn(changes, {
    ask: async ({ key }) => {
      course.push(`ask ${key}`);
      // The others go one by one: an answer comes after all that is asked meanwhile.
      await Promise.resolve();
      course.push(`answer ${key}`);
      const answer = answers[key] ?? done("accepted", "Accepted");
      if (answer instanceof Error) throw answer;
      return answer;
    },
    edit: (edit) => {
      editing = edit(editing);
    },
    refresh: async () => course.push("refresh"),
  });
  return { editing, course, summary };
}

const refusal = (code: "BodyInvalid" | "NotPermitted") =>
  new Refused({ ...{ type: "about:blank", status: 400 }, code, title: "no" });

describe("changed settings", () => {
  it("are sent one after the other, and are no drafts any more when they are taken", async () => {
    const { editing, course, summary } = await sent({ B: done("accepted", "RebootRequired") });
    expect(course.filter((one) => one !== "refresh")).toEqual([
      ...["ask A", "answer A", "ask B", "answer B", "ask C", "answer C"],
    ]);
    expect(editing).toEqual(untouched);
    expect(summary).toEqual({ taken: 3, reboots: 1, left: 0 });
  });

  it("that the station refuses stay drafts with its word, and the others go on", async () => {
    const { editing, summary } = await sent({ B: done("rejected", "Rejected") });
    expect(editing.drafts).toEqual({ B: "1" });
    expect(editing.notes).toEqual({
      B: { kind: "unmet", outcome: "rejected", status: "Rejected" },
    });
    expect(summary).toEqual({ taken: 2, reboots: 0, left: 1 });
  });

  it("that the API refuses stay drafts with its reason, and the others go on", async () => {
    const { editing, course } = await sent({ A: refusal("BodyInvalid") });
    expect(editing.drafts).toEqual({ A: "1" });
    expect(editing.notes.A).toMatchObject({ refusal: { code: "BodyInvalid" } });
    expect(course).toContain("answer C");
  });

  it("are not tried on where the next one would fare no better, and none is lost", async () => {
    const { editing, course } = await sent({ B: refusal("NotPermitted") });
    expect(course).not.toContain("ask C");
    expect(editing.drafts).toEqual({ B: "1", C: "1" });
    expect(Object.keys(editing.notes)).toEqual(["B"]);
  });

  it("that a station has not answered stay drafts until it does", async () => {
    const queued: Sent = { requestId: "r7", state: "queued" };
    const { editing } = await sent({ A: queued });
    expect(editing.drafts).toEqual({ A: "1" });
    expect(editing.notes.A).toEqual({ kind: "pending", requestId: "r7" });
    expect(settled(change("A"), done("accepted"))(editing)).toEqual(untouched);
    const late = settled(change("A"), done("timedOut"))(editing);
    expect(late.drafts).toEqual({ A: "1" });
    expect(late.notes.A).toMatchObject({ kind: "unmet", outcome: "timedOut" });
  });
});

it("what is typed on is a draft of its own, of which nothing is known yet", async () => {
  const { editing } = await sent({ A: done("rejected") });
  const again = drafted("A", "2")(editing);
  expect(again).toEqual({ ...untouched, drafts: { A: "2" } });
  expect(settled(change("A", "1"), done("accepted"))(again).drafts).toEqual({ A: "2" });
});
