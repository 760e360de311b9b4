import type { MantineColor } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../api/call.ts";
import { PageLink } from "../parts/page-link.tsx";
import { Word } from "../parts/word.tsx";
import { isTextKey, useText } from "../strings/language.ts";
import { type SessionState, sessionStates } from "./session-states.ts";

/** A session as lists of the API show it. */
export type Session = Item<"getTransactions">;

const colours: Readonly<Record<SessionState, MantineColor>> = {
  active: "blue",
  ended: "gray.6",
  estimated: "yellow",
};

/** Whether a session goes on: a word with the colour of its meaning. */
export function SessionWord({ state }: { readonly state: SessionState }): ReactNode {
  const t = useText();
  return <Word color={colours[state]}>{t(sessionStates[state])}</Word>;
}

/** That a person should look before anybody is billed. */
export function ReviewWord({ count }: { readonly count: number }): ReactNode {
  const t = useText();
  if (count === 0) return null;
  return <Word color="orange">{t("sessions.toReview", { count })}</Word>;
}

/** Why a session ended, in words; a word that nobody knows stands as the station said it. */
export function StopCause({ reason }: { readonly reason: string | undefined }): ReactNode {
  const t = useText();
  if (reason === undefined) return "";
  const known = `stop.${reason}`;
  if (!isTextKey(known)) return reason;
  const words = t(known as "stop.Local");
  return <span title={`${words} (${reason})`}>{words}</span>;
}

/** The way to a session. */
export function SessionLink({
  transactionId,
  children,
}: {
  readonly transactionId: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <PageLink page="session" params={{ transactionId }}>
      {children}
    </PageLink>
  );
}

/** A token by its value, and the way to it; of an erased one nothing but the way is left. */
export function TokenLink({
  tokenRef,
  value,
}: {
  readonly tokenRef: string;
  readonly value: string | undefined;
}): ReactNode {
  const t = useText();
  return (
    <PageLink page="token" params={{ tokenRef }}>
      {value ?? t("tokens.erasedValue")}
    </PageLink>
  );
}
