import { Autocomplete, Group, MultiSelect, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { grouped } from "../../access/grouped.ts";
import { call } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { showToast } from "../../parts/toasts/toasts.ts";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";

/** So long after the last letter are stations looked for, and so many are offered. */
const typingMs = 200;
const offered = 8;

/**
 * What can be permitted on one station, by the API's own word of what permissions are about. Its
 * document does not say which these are; whatever else is asked for, the server refuses.
 */
const ofStations: ReadonlySet<string> = new Set(["everything", "charging-station"]);

const operation = "postChargingStationsByStationIdCommands";

/** Permits a user something on one station. */
export function GrantForm({ user }: { readonly user: string }): ReactNode {
  const t = useText();
  const [stationId, setStationId] = useState("");
  const [there] = useDebouncedValue(stationId.trim(), typingMs);
  const [permissions, setPermissions] = useState<readonly string[]>([]);
  const known = useAnswer("getPermissions", {});
  const granting = useGranting(user, (permission) =>
    setPermissions((left) => left.filter((one) => one !== permission)),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    granting.mutate({ stationId: stationId.trim(), permissions });
  };
  const choices = (known.data?.items ?? []).filter(({ about }) => ofStations.has(about));
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <StationField value={stationId} onChange={setStationId} />
        <MultiSelect
          label={t("access.permissionsThere")}
          placeholder={permissions.length === 0 ? t("access.choose") : ""}
          size="xs"
          searchable
          hidePickedOptions
          maxDropdownHeight={260}
          nothingFoundMessage={t("list.empty")}
          data={[...grouped(choices)]}
          value={[...permissions]}
          onChange={setPermissions}
        />
        {granting.isError && <ProblemNotice error={granting.error} />}
        <Group justify="flex-end">
          <ActButton
            may={{ operation, says: { type: "GrantPermission" }, stationId: there }}
            type="submit"
            loading={granting.isPending}
            disabled={stationId.trim() === "" || permissions.length === 0}
          >
            {t("access.grant")}
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}

/** One after the other: what was granted leaves the form, what is refused stays in it. */
function useGranting(user: string, onGranted: (permission: string) => void) {
  const t = useText();
  return useMutation({
    mutationFn: async (wish: {
      readonly stationId: string;
      readonly permissions: readonly string[];
    }) => {
      const params = { stationId: wish.stationId };
      for (const permission of wish.permissions) {
        const body = { type: "GrantPermission", user, permission } as const;
        await call(operation, { params, body });
        onGranted(permission);
      }
    },
    onSuccess: (_done, { stationId }) =>
      showToast({ kind: "done", text: t("access.granted", { user, station: stationId }) }),
  });
}

function StationField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (stationId: string) => void;
}): ReactNode {
  const t = useText();
  const [search] = useDebouncedValue(value.trim(), typingMs);
  const found = useAnswer("getChargingStations", { query: { search, limit: offered } });
  return (
    <Autocomplete
      label={t("access.station")}
      size="xs"
      required
      data-autofocus
      data={(found.data?.items ?? []).map(({ stationId }) => stationId)}
      // The server has looked already, into more than the id.
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
    />
  );
}
