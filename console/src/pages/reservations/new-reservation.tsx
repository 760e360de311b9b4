import { Alert, Select, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Dialog } from "../../parts/dialogs/dialog.tsx";
import { RequestForm } from "../../requests/request-form.tsx";
import { useMay } from "../../rights/use-may.ts";
import { useText } from "../../strings/language.ts";

const typingMs = 180;
/** So many stations are offered for what was typed. */
const offered = 20;

/** Keeps an EVSE for a token: first the station, then what it is asked. */
export function NewReservation({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const [stationId, setStation] = useState<string | null>(null);
  return (
    <Dialog onClose={onClose} title={t("reservations.new")}>
      <Stack gap="sm">
        <StationChoice value={stationId} onChange={setStation} />
        {stationId !== null && <Ask key={stationId} stationId={stationId} onSent={onClose} />}
      </Stack>
    </Dialog>
  );
}

function StationChoice(given: {
  readonly value: string | null;
  readonly onChange: (stationId: string | null) => void;
}): ReactNode {
  const { value, onChange } = given;
  const t = useText();
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed, typingMs);
  const found = useAnswer("getChargingStations", {
    query: { ...(wanted === "" ? {} : { search: wanted }), limit: offered },
  });
  const ids = (found.data?.items ?? []).map((station) => station.stationId);
  const data = value === null || ids.includes(value) ? ids : [value, ...ids];
  return (
    <Select
      label={t("stations.station")}
      placeholder={t("reservations.whichStation")}
      searchable
      clearable
      data={data}
      // The server has looked already, in more than the id.
      filter={({ options }) => options}
      nothingFoundMessage={t("list.empty")}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      data-autofocus
    />
  );
}

const type = "RequestReserveNow";

/** Whether it may be asked is the API's word. */
function Ask(given: { readonly stationId: string; readonly onSent: () => void }): ReactNode {
  const { stationId, onSent } = given;
  const operation = "postChargingStationsByStationIdRequests";
  const { allowed, why } = useMay({ operation, says: { type }, stationId });
  if (!allowed) {
    return (
      <Alert color="yellow" p="xs">
        {why}
      </Alert>
    );
  }
  return <RequestForm stationId={stationId} type={type} onSent={onSent} />;
}
