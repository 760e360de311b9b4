import { Button, Collapse, Group } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAddress } from "../../app/use-address.ts";
import { kilowattHours } from "../../charging/energy-reading.ts";
import { FilterBar, FilterChoice } from "../../parts/list/filter-bar.tsx";
import { MomentFilter } from "../../parts/list/moment-filter.tsx";
import { TextFilter } from "../../parts/list/text-filter.tsx";
import { useText } from "../../strings/language.ts";
import { TokenFinder } from "../tokens/token-finder.tsx";
import { filters, furtherNames, linked, moreFilters } from "./filters.ts";

/** What narrows the list of sessions; what is used now and then folds away. */
export function SessionFilters(): ReactNode {
  const t = useText();
  const { search } = useAddress();
  const isUsed = furtherNames.some((name) => search[name] !== undefined);
  const [isOpen, setOpen] = useState(isUsed);
  return (
    <>
      <FilterBar
        filters={filters}
        linked={linked}
        searchFor="sessions.searchFor"
        further={furtherNames}
      >
        <Button variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? "sessions.fewer" : "sessions.more")}
        </Button>
      </FilterBar>
      <Collapse expanded={isOpen}>
        <Group gap="xs" mb="xs" align="flex-end">
          <MomentFilter name="startedAtFrom" title={t("sessions.startedFrom")} />
          <MomentFilter name="startedAtUntil" title={t("sessions.startedUntil")} />
          <TextFilter name="stationId" title={t("sessions.stationId")} />
          <TokenFinder name="tokenRef" title={t("sessions.tokenValue")} />
          <TextFilter
            name="energyWhFrom"
            title={t("sessions.energyFrom")}
            type="number"
            reading={kilowattHours}
          />
          <TextFilter
            name="energyWhUntil"
            title={t("sessions.energyUntil")}
            type="number"
            reading={kilowattHours}
          />
          {moreFilters.map((filter) => (
            <FilterChoice key={filter.name} {...filter} />
          ))}
        </Group>
      </Collapse>
    </>
  );
}
