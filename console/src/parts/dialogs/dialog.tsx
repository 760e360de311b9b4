import { Modal, type ModalProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../strings/language.ts";
import { useFocusBack } from "./focus-back.ts";

/** What opens over a page, and is closed before one goes on with it: as long as it is there. */
export function Dialog(props: Omit<ModalProps, "opened" | "closeButtonProps">): ReactNode {
  const t = useText();
  useFocusBack();
  return <Modal {...props} opened closeButtonProps={{ "aria-label": t("shell.close") }} />;
}
