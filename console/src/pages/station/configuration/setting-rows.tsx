import { Group, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { Age } from "../../../parts/moment.tsx";
import { Word } from "../../../parts/word.tsx";
import { useText } from "../../../strings/language.ts";
import classes from "./configuration.module.css";
import type { Drafts, Setting } from "./drafts.ts";

/** One line for each setting; what the station lets nobody change is shown as text. */
export function SettingRows({
  settings,
  drafts,
  onDraft,
}: {
  readonly settings: readonly Setting[];
  readonly drafts: Drafts;
  readonly onDraft: (key: string, value: string) => void;
}): ReactNode {
  const t = useText();
  if (settings.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="sm">
        {t("configuration.none")}
      </Text>
    );
  }
  return settings.map((setting) => (
    <div key={setting.key} className={classes.setting} data-setting={setting.key}>
      <Text size="sm" fw={550} className={classes.key ?? ""}>
        {setting.key}
      </Text>
      <Value setting={setting} draft={drafts[setting.key]} onDraft={onDraft} />
      <Group gap="xs" className={classes.marks ?? ""}>
        {setting.rebootRequired && <Word color="orange">{t("stations.rebootRequired")}</Word>}
        {setting.unknown && <Word color="gray.6">{t("configuration.unknown")}</Word>}
        <Text size="xs" c="dimmed">
          <Age at={setting.at} />
        </Text>
      </Group>
    </div>
  ));
}

function Value(given: {
  readonly setting: Setting;
  readonly draft: string | undefined;
  readonly onDraft: (key: string, value: string) => void;
}): ReactNode {
  const { setting, draft, onDraft } = given;
  const t = useText();
  const { key, value = "", readonly, unknown } = setting;
  if (readonly || unknown) {
    return (
      <Text size="sm" className={classes.value ?? ""} title={t("configuration.readonly")}>
        {value === "" ? "–" : value}
        {readonly && (
          <Text span size="xs" c="dimmed" ml={8}>
            {t("configuration.readonly")}
          </Text>
        )}
      </Text>
    );
  }
  return (
    <TextInput
      aria-label={key}
      value={draft ?? value}
      data-changed={(draft !== undefined && draft !== value) || undefined}
      className={classes.value ?? ""}
      onChange={(event) => onDraft(key, event.currentTarget.value)}
    />
  );
}
