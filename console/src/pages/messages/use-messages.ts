import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type Asked, call } from "../../api/call.ts";
import { begun, released, type Tail, withNewer, withOlder } from "./message-tail.ts";

/** What narrows the list. */
export type MessageFilter = NonNullable<Asked<"getMessages">["query"]>;

/** No event tells of a message; so often is asked for new ones. */
const everyMs = 1_000;
const limit = 200;

interface Known {
  readonly tail?: Tail;
  readonly error?: unknown;
}

/** The messages of all stations, growing at the head while it is looked at. */
export function useMessages(filter: MessageFilter, isHeld: boolean) {
  const identity = JSON.stringify(filter);
  const [known, setKnown] = useState<Known>({});
  const held = useRef(isHeld);
  const tail = useRef<Tail>(undefined);

  const show = useCallback((next: Tail) => {
    if (next === tail.current) return;
    tail.current = next;
    setKnown({ tail: next });
  }, []);

  useEffect(() => {
    held.current = isHeld;
    if (!isHeld && tail.current !== undefined) show(released(tail.current));
  }, [isHeld, show]);

  useEffect(() => {
    const stopped = new AbortController();
    const query = JSON.parse(identity) as MessageFilter;
    tail.current = undefined;
    setKnown({});
    const look = async () => {
      const { signal } = stopped;
      const before = tail.current;
      const since = before?.since === undefined ? {} : { since: before.since };
      try {
        const page = await call(
          "getMessages",
          { query: { ...query, ...since, limit } },
          { signal },
        );
        if (signal.aborted) return;
        const now = tail.current;
        show(now === undefined ? begun(page) : withNewer(now, page, held.current));
      } catch (error) {
        if (!signal.aborted) setKnown((last) => ({ ...last, error }));
      }
    };
    const keepLooking = async () => {
      while (!stopped.signal.aborted) {
        if (!document.hidden || tail.current === undefined) await look();
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    };
    void keepLooking();
    return () => stopped.abort();
  }, [identity, show]);

  const fail = useCallback((error: unknown) => setKnown((last) => ({ ...last, error })), []);
  const older = useOlder(identity, tail, { show, fail });
  return { ...known, older };
}

/** Asks for what is below the last row. */
function useOlder(
  identity: string,
  tail: RefObject<Tail | undefined>,
  on: { readonly show: (next: Tail) => void; readonly fail: (error: unknown) => void },
): () => Promise<void> {
  const asking = useRef<string>(undefined);
  const { show, fail } = on;
  return useCallback(async () => {
    const from = tail.current?.next;
    if (from === undefined || asking.current === from) return;
    asking.current = from;
    const query = JSON.parse(identity) as MessageFilter;
    try {
      const page = await call("getMessages", { query: { ...query, after: from, limit } });
      // The list may have begun anew meanwhile: then this page is not what follows.
      if (tail.current?.next === from) show(withOlder(tail.current, page));
    } catch (error) {
      fail(error);
    } finally {
      asking.current = undefined;
    }
  }, [identity, tail, show, fail]);
}
