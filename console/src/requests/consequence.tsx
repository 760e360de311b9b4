import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Dialog } from "../parts/dialogs/dialog.tsx";
import { useText } from "../strings/language.ts";

/** Asks once before something that cannot be taken back, and names what it may cost. */
export function Consequence(props: {
  readonly action: string;
  readonly sessions: number;
  readonly onGo: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { action, sessions, onGo, onClose } = props;
  const t = useText();
  return (
    <Dialog onClose={onClose} title={t("requests.sure", { action })} centered>
      <Stack gap="md">
        <Text size="sm">
          {sessions > 0 ? t("requests.running", { count: sessions }) : t("requests.noneRunning")}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("shell.cancel")}
          </Button>
          <Button
            color="red"
            onClick={() => {
              onClose();
              onGo();
            }}
          >
            {t("requests.goOn", { action })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
