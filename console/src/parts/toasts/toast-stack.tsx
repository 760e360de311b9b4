import { CloseButton, Group, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Refused } from "../../api/problem.ts";
import { RequestProgress } from "../../requests/request-progress.tsx";
import { useStore } from "../../store.ts";
import { useText } from "../../strings/language.ts";
import { Icon } from "../icon.tsx";
import { ProblemNotice } from "../problem-notice.tsx";
import classes from "./toast-stack.module.css";
import { dropToast, type Toast, toasts } from "./toasts.ts";

/** All toasts, read aloud as they come. */
export function Toasts(): ReactNode {
  const t = useText();
  const shown = useStore(toasts);
  return (
    <section className={classes.stack} aria-live="polite" aria-label={t("shell.watch")}>
      <Stack gap="xs">
        {shown.map((toast) => (
          <Paper key={toast.id} withBorder shadow="md" p="xs">
            <Group wrap="nowrap" align="flex-start" gap="xs">
              <div className={classes.content}>
                <ToastBody toast={toast} />
              </div>
              <CloseButton
                size="sm"
                aria-label={t("shell.close")}
                onClick={() => dropToast(toast.id)}
              />
            </Group>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function ToastBody({ toast }: { readonly toast: Toast }): ReactNode {
  switch (toast.kind) {
    case "done":
      return (
        <Group gap="xs" wrap="nowrap">
          <Icon name="check" />
          <Text size="sm">{toast.text}</Text>
        </Group>
      );
    case "refusal":
      return <ProblemNotice error={new Refused(toast.refusal)} />;
    case "request":
      return <RequestProgress {...toast} />;
  }
}
