import { Checkbox, MultiSelect, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../api/use-answer.ts";
import { useText } from "../strings/language.ts";
import { grouped } from "./grouped.ts";

/** What somebody may do on every station. */
export interface Rights {
  readonly administrator: boolean;
  readonly permissions: readonly string[];
}

/** Chooses what a user or a key may do, of what the API says that there is. */
export function PermissionPicker({
  value,
  error,
  onChange,
}: {
  readonly value: Rights;
  readonly error?: string | undefined;
  readonly onChange: (rights: Rights) => void;
}): ReactNode {
  const t = useText();
  const known = useAnswer("getPermissions", {});
  return (
    <Stack gap="sm">
      <Checkbox
        label={t("access.administrator")}
        description={t("access.administratorMeans")}
        checked={value.administrator}
        onChange={(event) => onChange({ ...value, administrator: event.currentTarget.checked })}
      />
      <MultiSelect
        label={t("access.permissions")}
        description={t("access.permissionsMean")}
        placeholder={value.permissions.length === 0 ? t("access.choose") : ""}
        size="xs"
        searchable
        clearable
        hidePickedOptions
        maxDropdownHeight={260}
        nothingFoundMessage={t("list.empty")}
        clearButtonProps={{ "aria-label": t("access.clear") }}
        data={[...grouped(known.data?.items ?? [])]}
        value={[...value.permissions]}
        onChange={(permissions) => onChange({ ...value, permissions })}
        {...(error === undefined ? {} : { error })}
      />
    </Stack>
  );
}
