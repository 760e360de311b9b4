import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { call } from "../../api/call.ts";
import { refusalOf } from "../../api/problem.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useAddress } from "../../app/use-address.ts";
import { Icon } from "../../parts/icon.tsx";
import { afterArrival, underWayMax } from "../../parts/list/use-typed.ts";
import { showRefusal } from "../../parts/toasts/toasts.ts";
import { useText } from "../../strings/language.ts";

/** What a reference stands for, by its name in a list's address. */
const outside = { tokenRef: "identifyingToken", groupTokenRef: "groupToken" } as const;
type RefName = keyof typeof outside;

/** So long after the last letter is the server asked. */
const typingMs = 300;

/**
 * Narrows a list to one token, or one group, by its whole value. The address holds the reference
 * alone: values are personal, and addresses end up in histories and logs.
 */
export function TokenFinder({
  name,
  title,
}: {
  readonly name: RefName;
  readonly title: string;
}): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const ref = search[name];
  const meant = useValueOf(name, ref);
  const [typed, setTyped] = useState<string>();
  const [isUnknown, setUnknown] = useState(false);
  const known = useRef(ref);
  const underWay = useRef<readonly string[]>([]);
  const narrow = (found: string | undefined) => {
    underWay.current = [...underWay.current, found ?? ""].slice(-underWayMax);
    change({ [name]: found, after: undefined });
  };
  // Answers may come in another order than they were asked for.
  const last = useRef("");
  const find = useDebouncedCallback((value: string) => {
    void refOf(name, value).then(
      (found) => {
        if (last.current !== value) return;
        setUnknown(found === undefined);
        if (found !== undefined) narrow(found);
      },
      (error: unknown) => {
        if (last.current === value) showRefusal(refusalOf(error));
      },
    );
  }, typingMs);
  // The address may change by itself: a link, the way back, "clear filters".
  useEffect(() => {
    if (ref === known.current) return;
    known.current = ref;
    const left = afterArrival(underWay.current, ref ?? "");
    underWay.current = left ?? [];
    if (left !== undefined) return;
    last.current = "";
    setTyped(undefined);
    setUnknown(false);
  }, [ref]);
  return (
    <TextInput
      type="search"
      aria-label={title}
      placeholder={title}
      leftSection={<Icon name="search" size={14} />}
      w={{ base: "100%", xs: 230 }}
      autoComplete="off"
      spellCheck={false}
      value={typed ?? meant}
      {...(isUnknown && typed !== undefined ? { error: t("tokens.nobody") } : {})}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        setUnknown(false);
        const value = next.trim();
        last.current = value;
        if (ref !== undefined) narrow(undefined);
        if (value !== "") find(value);
        else find.cancel();
      }}
    />
  );
}

/** The value that a reference stands for; empty while it is not known. */
function useValueOf(name: RefName, ref: string | undefined): string {
  const asked = useAnswer("getTokens", { query: byRef(name, ref) }, { enabled: ref !== undefined });
  const [token] = ref === undefined ? [] : (asked.data?.items ?? []);
  return token?.[name] === ref ? (token?.[outside[name]] ?? "") : "";
}

function byRef(name: RefName, ref: string | undefined) {
  return name === "tokenRef" ? { tokenRef: ref, limit: 1 } : { groupTokenRef: ref, limit: 1 };
}

async function refOf(name: RefName, value: string): Promise<string | undefined> {
  const isGroup = name === "groupTokenRef";
  const query = isGroup ? { groupToken: value } : { identifyingToken: value };
  const { items } = await call("getTokens", { query: { ...query, limit: 1 } });
  if (items.length > 0 || isGroup) return items[0]?.[name];
  // It may have been used and be none of ours: who complains holds such a one.
  const used = await call("getTransactions", { query: { identifyingToken: value, limit: 1 } });
  return used.items[0]?.tokenRef;
}
