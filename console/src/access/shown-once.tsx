import { Button, Code, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyText } from "../parts/copy-text.tsx";
import { Dialog } from "../parts/dialogs/dialog.tsx";
import { useText } from "../strings/language.ts";

/** A secret that is never shown again: it goes only when somebody says that he has it. */
export function ShownOnce(props: {
  readonly title: string;
  readonly secret: string;
  readonly explanation: string;
  readonly onClose: () => void;
}): ReactNode {
  const { title, secret, explanation, onClose } = props;
  const t = useText();
  return (
    <Dialog
      onClose={onClose}
      title={title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      centered
    >
      <Stack gap="md">
        <Text size="sm">{explanation}</Text>
        <Group wrap="nowrap" gap="xs">
          <Code fz="sm" p="xs" style={{ flex: 1, overflowWrap: "anywhere" }} data-secret>
            {secret}
          </Code>
          <CopyText text={secret} />
        </Group>
        <Text size="sm" fw={600}>
          {t("access.once")}
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t("access.haveIt")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
