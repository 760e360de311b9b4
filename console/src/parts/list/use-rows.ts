import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";

interface Options {
  readonly count: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Of one row, in pixels. */
  readonly height: number;
  /** The same on a phone. */
  readonly phoneHeight: number;
  readonly overscan: number;
}

/** The rows of a long list that are in sight, and how high each is here. */
export function useRows(options: Options): {
  readonly rows: Virtualizer<HTMLElement, Element>;
  readonly height: number;
  readonly isPhone: boolean;
} {
  const { count, scroller, overscan } = options;
  const isPhone = useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false });
  const height = isPhone ? options.phoneHeight : options.height;
  const rows = useVirtualizer<HTMLElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan,
  });
  // A phone that is turned: the rows' places are of their new height.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer reads it by itself
  useEffect(() => rows.measure(), [rows, height]);
  return { rows, height, isPhone };
}
