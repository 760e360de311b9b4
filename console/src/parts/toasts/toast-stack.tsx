import { CloseButton, Group, Paper, Stack, Text } from "@mantine/core";
import { type FocusEvent, type ReactNode, useEffect, useState } from "react";
import { Refused } from "../../api/problem.ts";
import { RequestProgress } from "../../requests/request-progress.tsx";
import { useStore } from "../../store.ts";
import { useText } from "../../strings/language.ts";
import { Icon } from "../icon.tsx";
import { ProblemNotice } from "../problem-notice.tsx";
import classes from "./toast-stack.module.css";
import { dropToast, type Toast, toasts } from "./toasts.ts";

/** What went well needs no longer reading, unless somebody is at it (WCAG 2.2.1). */
const readMs = 7_000;

/** All toasts, read aloud as they come. */
export function Toasts(): ReactNode {
  const t = useText();
  const shown = useStore(toasts);
  return (
    <section className={classes.stack} aria-live="polite" aria-label={t("shell.toasts")}>
      <Stack gap="xs">
        {shown.map((toast) => (
          <OneToast key={toast.id} toast={toast} />
        ))}
      </Stack>
    </section>
  );
}

function OneToast({ toast }: { readonly toast: Toast }): ReactNode {
  const t = useText();
  const { id, kind } = toast;
  const [isWell, setWell] = useState(kind === "done");
  const held = useHeld();
  useEffect(() => {
    if (!isWell || held.isHeld) return;
    const timer = setTimeout(() => dropToast(id), readMs);
    return () => clearTimeout(timer);
  }, [id, isWell, held.isHeld]);
  return (
    <Paper withBorder shadow="md" p="xs" data-toast={kind} {...held.by}>
      <Group wrap="nowrap" align="flex-start" gap="xs">
        <div className={classes.content}>
          <ToastBody toast={toast} onWell={() => setWell(true)} />
        </div>
        <CloseButton size="sm" aria-label={t("shell.close")} onClick={() => dropToast(id)} />
      </Group>
    </Paper>
  );
}

/** Whether somebody is at it, with whatever he has. */
function useHeld() {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  return {
    isHeld: isPointed || isFocused,
    by: {
      onMouseEnter: () => setPointed(true),
      onMouseLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) =>
        setFocused(currentTarget.contains(relatedTarget)),
    },
  };
}

function ToastBody({
  toast,
  onWell,
}: {
  readonly toast: Toast;
  readonly onWell: () => void;
}): ReactNode {
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
      return <RequestProgress {...toast} onAccepted={onWell} />;
  }
}
