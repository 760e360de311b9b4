import type { MantineColor } from "@mantine/core";
import type { ReactNode } from "react";
import { Word } from "../../parts/word.tsx";
import type { Request } from "../../requests/outcome-word.tsx";
import { useText } from "../../strings/language.ts";

const colours: Readonly<Record<NonNullable<Request["followUp"]>, MantineColor>> = {
  awaited: "cyan",
  fulfilled: "green",
  missed: "red",
  notAwaited: "gray.6",
};

/** Whether what an accepted request promises has come: a session, a status, a file. */
export function FollowUp({ followUp }: Pick<Request, "followUp">): ReactNode {
  const t = useText();
  if (followUp === undefined) return "";
  return <Word color={colours[followUp]}>{t(`requestList.follow.${followUp}`)}</Word>;
}
