import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../parts/icon.tsx";
import { useText } from "../strings/language.ts";
import type { SettingDraft } from "./drafts.ts";

/** Settings that a station of the type gets when it comes new. */
export function SettingFields({
  settings,
  onChange,
}: {
  readonly settings: readonly SettingDraft[];
  readonly onChange: (settings: readonly SettingDraft[]) => void;
}): ReactNode {
  const t = useText();
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t("types.settingsMean")}
      </Text>
      {settings.map((setting, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its key is being typed
        <Group key={at} gap="xs" wrap="nowrap">
          <TextInput
            aria-label={t("types.settingKey")}
            placeholder={t("types.settingKey")}
            style={{ flex: 1 }}
            spellCheck={false}
            value={setting.key}
            onChange={({ currentTarget: { value } }) =>
              onChange(settings.with(at, { ...setting, key: value }))
            }
          />
          <TextInput
            aria-label={t("types.settingValue")}
            placeholder={t("types.settingValue")}
            style={{ flex: 1 }}
            spellCheck={false}
            value={setting.value}
            onChange={(event) =>
              onChange(settings.with(at, { ...setting, value: event.currentTarget.value }))
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("types.removeSetting", { key: setting.key })}
            onClick={() => onChange(settings.filter((_one, other) => other !== at))}
          >
            <Icon name="cross" size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="subtle"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange([...settings, { key: "", value: "" }])}
        >
          {t("types.addSetting")}
        </Button>
      </Group>
    </Stack>
  );
}
