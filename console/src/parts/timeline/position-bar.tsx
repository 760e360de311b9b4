import { ActionIcon, Group, Slider, Text, Tooltip } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useText } from "../../strings/language.ts";
import { Icon, type IconName } from "../icon.tsx";
import { Moment } from "../moment.tsx";

/** One instant after the other, so slowly that it can be followed. */
const stepMs = 700;

/** The position up to which the timeline is replayed; without one it is live. */
export function PositionBar({
  instants,
  at,
  onMove,
}: {
  /** The oldest first. */
  readonly instants: readonly string[];
  readonly at: string | undefined;
  readonly onMove: (at: string | undefined) => void;
}): ReactNode {
  const t = useText();
  const last = instants.length - 1;
  const found = instants.findLastIndex((one) => at !== undefined && one <= at);
  const index = at === undefined ? last : Math.max(0, found);
  const move = (to: number) => onMove(to >= last ? undefined : instants[Math.max(0, to)]);
  const [isPlaying, setPlaying] = usePlaying({ index, last, move });
  if (last < 1) return null;
  return (
    <Group gap="xs" mb="sm" wrap="nowrap">
      <Step name="left" label={t("timeline.back")} onGo={() => move(index - 1)} />
      <Step
        name={isPlaying ? "pause" : "play"}
        label={t(isPlaying ? "timeline.pause" : "timeline.play")}
        onGo={() => {
          if (!isPlaying && index >= last) move(0);
          setPlaying(!isPlaying);
        }}
      />
      <Step name="right" label={t("timeline.forward")} onGo={() => move(index + 1)} />
      <Slider
        flex={1}
        size="sm"
        min={0}
        max={last}
        value={index}
        onChange={move}
        label={null}
        thumbLabel={t("timeline.position")}
      />
      <Text size="xs" w={84} ta="right">
        {at === undefined ? t("timeline.live") : <Moment at={instants[index]} />}
      </Text>
    </Group>
  );
}

function usePlaying(given: {
  readonly index: number;
  readonly last: number;
  readonly move: (to: number) => void;
}) {
  const { index, last, move } = given;
  const [isPlaying, setPlaying] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step begins when the one before is shown
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      if (index + 1 >= last) setPlaying(false);
      move(index + 1);
    }, stepMs);
    return () => clearTimeout(timer);
  }, [isPlaying, index]);
  return [isPlaying, setPlaying] as const;
}

function Step(given: {
  readonly name: IconName;
  readonly label: string;
  readonly onGo: () => void;
}): ReactNode {
  return (
    <Tooltip label={given.label}>
      <ActionIcon variant="default" aria-label={given.label} onClick={given.onGo}>
        <Icon name={given.name} size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
