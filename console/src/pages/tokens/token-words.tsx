import { type MantineColor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Item } from "../../api/call.ts";
import { Moment, useNow } from "../../parts/moment.tsx";
import { Word } from "../../parts/word.tsx";
import { useText } from "../../strings/language.ts";
import type { TextKey } from "../../strings/translate.ts";

/** Whether a token may charge, in the API's word. */
export type TokenStatus = Item<"getTokens">["status"];

/** Our words for it. */
export const tokenStatuses = {
  accepted: "tokens.accepted",
  blocked: "tokens.blocked",
  expired: "tokens.expired",
  invalid: "tokens.invalid",
} as const satisfies Record<TokenStatus, TextKey>;

const colours: Readonly<Record<TokenStatus, MantineColor>> = {
  accepted: "green",
  blocked: "red",
  expired: "orange",
  invalid: "gray.6",
};

/** Whether a token may charge: a word with the colour of its meaning. */
export function TokenWord({ status }: { readonly status: TokenStatus }): ReactNode {
  const t = useText();
  return <Word color={colours[status]}>{t(tokenStatuses[status])}</Word>;
}

/** A token's value; of one that was erased there is none. */
export function TokenText({ value }: { readonly value: string | undefined }): ReactNode {
  const t = useText();
  if (value !== undefined) return value;
  return (
    <Text span size="xs" c="dimmed">
      {t("tokens.erasedValue")}
    </Text>
  );
}

/** When a token ends; said where it has. */
export function ExpiryWord({ at }: { readonly at: string }): ReactNode {
  const t = useText();
  const now = useNow();
  if (new Date(at) > now) return <Moment at={at} />;
  return (
    <span title={at}>
      <Word color="orange">{t("tokens.expired")}</Word>
    </span>
  );
}
