import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAddress } from "../../app/use-address.ts";
import { Icon } from "../../parts/icon.tsx";
import { type Filter, FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { TextFilter } from "../../parts/list/text-filter.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { useText } from "../../strings/language.ts";
import { TokenFinder } from "../tokens/token-finder.tsx";
import { NewReservation } from "./new-reservation.tsx";
import { reservationColumns } from "./reservation-columns.tsx";
import { ReservationDrawer } from "./reservation-drawer.tsx";
import { type Reservation, reservationStates } from "./reservation-words.tsx";

const filters: readonly Filter[] = [
  { name: "state", title: "reservations.state", choices: reservationStates },
];

/** Filters with fields of their own. */
const further = ["stationId", "tokenRef"];

/** Filters that only links set. */
const linked = { evseId: "sessions.evse", reservationId: "reservations.one" } as const;

const names = [...filters.map(({ name }) => name), ...further, ...Object.keys(linked)];

/** Which EVSEs are kept for whom, and what became of it. */
export function ReservationsPage(): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const [isMaking, setMaking] = useState(false);
  const { reservation } = search;
  return (
    <>
      <PageHead
        title={t("reservations.title")}
        actions={
          <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setMaking(true)}>
            {t("reservations.new")}
          </Button>
        }
      />
      <FilterBar filters={filters} linked={linked} further={further}>
        <TextFilter name="stationId" title={t("sessions.stationId")} />
        <TokenFinder name="tokenRef" title={t("sessions.tokenValue")} />
      </FilterBar>
      <PagedList<Reservation>
        operation="getReservations"
        filters={names}
        columns={reservationColumns}
        keyOf={({ reservationId }) => reservationId}
        target={({ reservationId }) => ({
          page: "reservations",
          search: { ...search, reservation: reservationId },
        })}
        order="-madeAt"
        label={t("reservations.title")}
        isStackedOnPhone
      />
      {reservation !== undefined && (
        <ReservationDrawer
          reservationId={reservation}
          onClose={() => change({ reservation: undefined })}
        />
      )}
      {isMaking && <NewReservation onClose={() => setMaking(false)} />}
    </>
  );
}
