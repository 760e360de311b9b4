import type { MantineColor } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { Word } from "../../parts/word.tsx";
import { useText } from "../../strings/language.ts";
import type { TextKey } from "../../strings/translate.ts";

/** A reservation as the API lists it. */
export type Reservation = Item<"getReservations">;
type State = Reservation["state"];

/** Our words for what became of a reservation. */
export const reservationStates = {
  active: "reservations.active",
  used: "reservations.used",
  cancelled: "reservations.cancelled",
  expired: "reservations.expired",
  replaced: "reservations.replaced",
} as const satisfies Record<State, TextKey>;

const colours: Readonly<Record<State, MantineColor>> = {
  active: "violet",
  used: "green",
  cancelled: "gray.6",
  expired: "orange",
  replaced: "gray.6",
};

/** What became of a reservation: a word with the colour of its meaning. */
export function ReservationWord({ state }: { readonly state: State }): ReactNode {
  const t = useText();
  return <Word color={colours[state]}>{t(reservationStates[state])}</Word>;
}

/** Which EVSE is kept; without one, whichever is free. */
export function EvseOf({ evseId }: { readonly evseId: number | undefined }): ReactNode {
  const t = useText();
  return evseId === undefined ? t("reservations.anyEvse") : evseId;
}
