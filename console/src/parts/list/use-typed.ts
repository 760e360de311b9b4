import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";

/** How a text in a field becomes what the address holds, and back. */
export interface Reading {
  readonly asked: (text: string) => string | undefined;
  readonly shown: (value: string) => string;
}

interface Given {
  /** What the address holds now; empty: nothing. */
  readonly value: string;
  readonly reading: Reading;
  /** So long after the last letter is it asked for. */
  readonly waitMs: number;
  readonly onAsk: (value: string | undefined) => void;
}

/** The address answers sooner than anybody types so many letters. */
export const underWayMax = 20;

/**
 * What is still under way when a value has arrived that was asked for here; undefined: somebody
 * else has asked for it. A later wish overtakes those before it.
 */
export function afterArrival(
  underWay: readonly string[],
  value: string,
): readonly string[] | undefined {
  const at = underWay.indexOf(value);
  return at < 0 ? undefined : underWay.slice(at + 1);
}

/**
 * A text that is typed here and kept in the address. The address may also change by itself: a link,
 * the way back, "clear filters". What the field has asked for itself arrives when more letters
 * stand in it, and does not come back into it.
 */
export function useTyped({ value, reading, waitMs, onAsk }: Given) {
  const { asked, shown } = reading;
  const [text, setText] = useState(() => shown(value));
  const known = useRef(value);
  const underWay = useRef<readonly string[]>([]);
  const ask = useDebouncedCallback((typed: string) => {
    const wanted = asked(typed);
    underWay.current = [...underWay.current, wanted ?? ""].slice(-underWayMax);
    onAsk(wanted);
  }, waitMs);
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    const left = afterArrival(underWay.current, value);
    underWay.current = left ?? [];
    if (left !== undefined) return;
    ask.cancel();
    setText(shown(value));
  }, [value, shown, ask]);
  return {
    text,
    type: (typed: string) => {
      setText(typed);
      ask(typed);
    },
  };
}
