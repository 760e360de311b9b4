import type { ReactNode } from "react";
import { Icon } from "../../parts/icon.tsx";
import { FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import type { StationType } from "../../station-types/drafts.ts";
import { useText } from "../../strings/language.ts";
import { typeColumns } from "./type-columns.tsx";
import { UnknownTypes } from "./unknown-types.tsx";

/** The catalogue: what the stations of a vendor's model consist of. */
export function StationTypesPage(): ReactNode {
  const t = useText();
  return (
    <>
      <PageHead
        title={t("types.title")}
        actions={
          <ActButton
            may={{ operation: "putStationTypesByVendorByModel" }}
            to={{ page: "newStationType" }}
            leftSection={<Icon name="plus" size={14} />}
          >
            {t("types.new")}
          </ActButton>
        }
      />
      <UnknownTypes />
      <FilterBar filters={[]} searchFor="types.searchFor" />
      <PagedList<StationType>
        operation="getStationTypes"
        filters={[]}
        columns={typeColumns}
        keyOf={({ typeKey }) => typeKey}
        target={({ vendor, model }) => ({ page: "stationType", params: { vendor, model } })}
        order="vendor"
        label={t("types.title")}
      />
    </>
  );
}
