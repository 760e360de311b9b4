import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useAddress } from "../app/use-address.ts";

/** So long after the last letter is the server asked. */
const typingMs = 250;

/** A filter of a list that takes a text, kept in the address under the API's name. */
export function TextFilter({
  name,
  title,
}: {
  readonly name: string;
  readonly title: string;
}): ReactNode {
  const { search, change } = useAddress();
  const [text, setText] = useState(search[name] ?? "");
  const typed = useRef(text);
  const ask = useDebouncedCallback((wanted: string) => {
    change({ [name]: wanted.trim() || undefined, after: undefined });
  }, typingMs);
  // The address may change by itself: a link, the way back, "clear filters".
  useEffect(() => {
    const now = search[name] ?? "";
    if (now === typed.current.trim()) return;
    typed.current = now;
    setText(now);
  }, [search[name], name]);
  return (
    <TextInput
      aria-label={title}
      placeholder={title}
      w={{ base: "calc(50% - 4px)", xs: 170 }}
      value={text}
      onChange={(event) => {
        const wanted = event.currentTarget.value;
        typed.current = wanted;
        setText(wanted);
        ask(wanted);
      }}
    />
  );
}
