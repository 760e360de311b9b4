import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ActButton } from "../../rights/act-button.tsx";
import type { Doing } from "../../rights/use-may.ts";
import { useText } from "../../strings/language.ts";
import { Dialog } from "./dialog.tsx";

/** Asks once before something that cannot be taken back, and says what follows from it. */
export function Sure(props: {
  readonly title: string;
  readonly consequence: string;
  readonly action: string;
  /** What is done by it. */
  readonly may: Doing;
  readonly isBusy?: boolean;
  /** Not so grave that it would have to be red. */
  readonly mild?: boolean;
  readonly onGo: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const { title, consequence, action, may, isBusy = false, mild = false, onGo, onClose } = props;
  const t = useText();
  return (
    <Dialog onClose={onClose} title={title} centered>
      <Stack gap="md">
        <Text size="sm">{consequence}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("shell.cancel")}
          </Button>
          <ActButton may={may} {...(mild ? {} : { color: "red" })} loading={isBusy} onGo={onGo}>
            {action}
          </ActButton>
        </Group>
      </Stack>
    </Dialog>
  );
}
