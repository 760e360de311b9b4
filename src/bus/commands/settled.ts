import { cursorOf } from "../cursor.ts";
import type { Execution, ExecutionResult } from "../execution.ts";
import type { EventStore } from "../ports/event-store.ts";

/** How an execution is settled already. */
export type Settled = Extract<ExecutionResult, { status: "repeated" | "fenced" }>;

/**
 * Whether an execution was settled before it is decided: by its receipt, or by a newer connection.
 * The unit expects what no stream has, so that it commits nothing: fence and receipt are looked at
 * first.
 */
export async function settledAlready(
  store: Pick<EventStore, "append">,
  { receipt, fence }: Pick<Execution, "receipt" | "fence">,
): Promise<Settled | undefined> {
  if (receipt === undefined && fence === undefined) return undefined;
  const result = await store.append({
    appends: [{ stream: "receipt/of-nothing", expectedVersion: 1, events: [] }],
    receipt: receipt && { ...receipt, answer: "" },
    fence,
  });
  if (result.status === "fenced") return { status: "fenced" };
  if (result.status !== "repeated") return undefined;
  return { status: "repeated", cursor: cursorOf(result.lastPosition), answer: result.answer };
}
