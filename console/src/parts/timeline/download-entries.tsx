import { Button, Group, Text } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { type Asked, call } from "../../api/call.ts";
import { refusalOf } from "../../api/problem.ts";
import { useText } from "../../strings/language.ts";
import { Icon } from "../icon.tsx";
import { saveText } from "../save-text.ts";
import { showRefusal } from "../toasts/toasts.ts";
import { asJsonLines, type Entry, entryOfEvent, entryOfFrame } from "./entries.ts";
import { wholeOf } from "./whole.ts";

/** So many of each kind are taken away at most: more is the work of a program. */
const most = 50_000;
/** As many as the API answers at once. */
const limit = 500;

/** Operations that tell events, and those that tell frames. */
type Events = "getChargingStationsByStationIdEvents" | "getTransactionsByTransactionIdEvents";
type Frames = "getChargingStationsByStationIdMessages" | "getTransactionsByTransactionIdMessages";

/** What a timeline is made of. */
export interface Source {
  readonly events: { readonly operation: Events; readonly asked: object };
  readonly frames: { readonly operation: Frames; readonly asked: object };
  /** What of it is wanted, where the API does not narrow it. */
  readonly narrowed?: (entries: readonly Entry[]) => readonly Entry[];
}

/** Takes a timeline away as a file: all of it, not only what has been looked at. */
export function DownloadEntries({
  name,
  source,
}: {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly source: Source;
}): ReactNode {
  const t = useText();
  const underWay = useRef<AbortController>(undefined);
  const [count, setCount] = useState<number>();
  const [isCut, setCut] = useState(false);
  useEffect(() => () => underWay.current?.abort(), []);
  const download = async () => {
    const stopped = new AbortController();
    underWay.current = stopped;
    setCount(0);
    setCut(false);
    try {
      const whole = await entriesOf(source, stopped.signal, setCount);
      saveText(`${name}.jsonl`, asJsonLines(whole.entries));
      setCut(whole.isCut);
    } catch (error) {
      if (!stopped.signal.aborted) showRefusal(refusalOf(error));
    } finally {
      setCount(undefined);
    }
  };
  const isBusy = count !== undefined;
  return (
    <Group gap="xs" ml="auto">
      {isCut && (
        <Text size="xs" c="orange" role="alert">
          {t("timeline.downloadCut", { count: most })}
        </Text>
      )}
      <Button
        variant="default"
        leftSection={<Icon name={isBusy ? "cross" : "download"} size={14} />}
        onClick={() => (isBusy ? underWay.current?.abort() : void download())}
      >
        {isBusy ? t("timeline.downloading", { count }) : t("timeline.download")}
      </Button>
    </Group>
  );
}

async function entriesOf(
  { events, frames, narrowed = (entries) => entries }: Source,
  signal: AbortSignal,
  onCount: (count: number) => void,
) {
  const read = <O extends Events | Frames>(operation: O, asked: object, onRows: typeof onCount) => {
    const { query } = asked as { readonly query?: object };
    const pageAfter = (after: string | undefined) =>
      call(operation, { ...asked, query: { ...query, limit, after } } as Asked<O>, { signal });
    return wholeOf<never>(pageAfter as never, { most, onRows });
  };
  const left = await read(events.operation, events.asked, onCount);
  const right = await read(frames.operation, frames.asked, (rows) =>
    onCount(left.rows.length + rows),
  );
  return {
    entries: narrowed([...left.rows.map(entryOfEvent), ...right.rows.map(entryOfFrame)]),
    isCut: left.isCut || right.isCut,
  };
}
