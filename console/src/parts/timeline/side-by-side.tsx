import { SimpleGrid } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAddress } from "../../app/use-address.ts";
import { useText } from "../../strings/language.ts";
import { type Entry, entryAt, instantsOf } from "./entries.ts";
import { Journal } from "./journal.tsx";
import { PositionBar } from "./position-bar.tsx";
import type { useChain } from "./use-chain.ts";

/** Entries of one kind, the newest first, and how they are asked for. */
interface Side {
  readonly entries: readonly Entry[];
  readonly query: ReturnType<typeof useChain>["query"];
  /** They are asked for from the beginning: what is not loaded yet is newer. */
  readonly isFromBeginning?: boolean;
}

/** What happened beside what went over the wire, in step with one another. */
export function SideBySide({
  events,
  frames,
}: {
  readonly events: Side;
  readonly frames: Side;
}): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const [open, setOpen] = useState<Entry>();
  const { at } = search;
  const choose = (entry: Entry) => {
    const isOpen = entry.id === open?.id;
    setOpen(isOpen ? undefined : entry);
    change({ at: isOpen ? undefined : entry.at });
  };
  const shared = { openId: open?.id, correlationId: open?.correlationId, onOpen: choose };
  return (
    <>
      <PositionBar
        instants={instantsOf(events.entries, frames.entries)}
        at={at}
        onMove={(instant) => change({ at: instant })}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <Journal
          {...shared}
          {...events}
          title={t("timeline.events")}
          current={entryAt(events.entries, at)}
        />
        <Journal
          {...shared}
          {...frames}
          title={t("timeline.frames")}
          current={entryAt(frames.entries, at)}
        />
      </SimpleGrid>
    </>
  );
}
