import { Badge, type MantineColor } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../api/call.ts";
import { useText } from "../strings/language.ts";

/** How a station stands, in the API's word. */
export type StationState = Item<"getChargingStations">["state"];
/** What a station says of itself or of an EVSE, in the API's word. */
export type Status = Item<"getEvses">["status"];

/** One colour per meaning, everywhere: green serves, blue charges, yellow waits, red needs help. */
export const stateColours: Readonly<Record<StationState, MantineColor>> = {
  waiting: "yellow",
  unaccepted: "gray.6",
  unconfigured: "orange",
  operational: "green",
  decommissioned: "gray.6",
};

export const statusColours: Readonly<Record<Status, MantineColor>> = {
  unknown: "gray.6",
  available: "green",
  occupied: "blue",
  preparing: "cyan",
  charging: "blue",
  suspendedEv: "indigo",
  suspendedEvse: "indigo",
  finishing: "cyan",
  reserved: "violet",
  unavailable: "gray.6",
  faulted: "red",
};

/** A colour of the theme as CSS: `green` as it is filled, `gray.6` as it is. */
export function cssColour(color: MantineColor): string {
  const name = color.includes(".") ? color.replace(".", "-") : `${color}-filled`;
  return `var(--mantine-color-${name})`;
}

/** A station's state: a word with the colour of its meaning. */
export function StateWord({ state }: { readonly state: StationState }): ReactNode {
  const t = useText();
  return <Word color={stateColours[state]}>{t(`state.${state}`)}</Word>;
}

/** A status of a station or an EVSE. */
export function StatusWord({ status }: { readonly status: Status }): ReactNode {
  const t = useText();
  return <Word color={statusColours[status]}>{t(`status.${status}`)}</Word>;
}

/** A word whose meaning has a colour; the dot repeats it, the text says it. */
export function Word({
  color,
  children,
}: {
  readonly color: MantineColor;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Badge variant="dot" color={color} size="sm" tt="none" fw={500}>
      {children}
    </Badge>
  );
}
