import { Drawer, type MantineSize } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../strings/language.ts";
import { useFocusBack } from "../dialogs/focus-back.ts";

/** One thing of a list, whole, beside the list that it was opened from. */
export function SideDrawer({
  title,
  size,
  onClose,
  children,
}: {
  readonly title: ReactNode;
  readonly size?: MantineSize;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const t = useText();
  useFocusBack();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      {...(size === undefined ? {} : { size })}
      title={title}
      closeButtonProps={{ "aria-label": t("shell.close") }}
    >
      {children}
    </Drawer>
  );
}
