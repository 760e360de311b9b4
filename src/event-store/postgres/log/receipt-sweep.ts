import type { Connections } from "#postgres";

/*
 * Looks at a page of receipts and drops those past their time. What was dropped is the page's
 * beginning where the limit was reached: the rest is looked at the next time.
 */
const text = `
WITH page AS (SELECT id, expires_ms FROM receipts WHERE id > $1 ORDER BY id LIMIT $2),
  over AS (SELECT id FROM page WHERE expires_ms <= $3 ORDER BY id LIMIT $4),
  gone AS (DELETE FROM receipts r USING over WHERE r.id = over.id RETURNING r.id)
SELECT (SELECT count(*) FROM page) AS seen, (SELECT max(id) FROM page) AS "seenTo",
  (SELECT count(*) FROM gone) AS dropped, (SELECT max(id) FROM gone) AS "droppedTo"`;

interface Page {
  readonly seen: number;
  readonly seenTo: string | null;
  readonly dropped: number;
  readonly droppedTo: string | null;
}

/**
 * Drops receipts past their time. Looks at `scanMax` of them at a time and goes on there the next
 * time, round and round: a receipt may outlive its end for a while, and costs no index.
 */
export function createReceiptSweep(
  connections: Connections,
  scanMax: number,
): (query: { readonly now: string; readonly limit: number }) => Promise<number> {
  let at = "";

  async function sweep(nowMs: number, most: { readonly dropped: number; readonly seen: number }) {
    const values = [at, most.seen, nowMs, most.dropped];
    const [page] = await connections.run<Page>({ name: "log sweep", text, values });
    const { seen = 0, seenTo = null, dropped = 0, droppedTo = null } = page ?? {};
    const isCut = dropped === most.dropped;
    if (isCut) at = droppedTo ?? at;
    else at = seen < most.seen ? "" : (seenTo ?? "");
    return { dropped, seen };
  }

  return async ({ now, limit }) => {
    const startedAt = at;
    const first = await sweep(Date.parse(now), { dropped: limit, seen: scanMax });
    const cameRound = at === "" && startedAt !== "";
    if (!cameRound || first.seen === scanMax) return first.dropped;
    const rest = { dropped: limit - first.dropped, seen: scanMax - first.seen };
    return first.dropped + (await sweep(Date.parse(now), rest)).dropped;
  };
}
