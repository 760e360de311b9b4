import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useAddress } from "../../app/use-address.ts";

/** So long after the last letter is the server asked. */
const typingMs = 250;

/** How a text in a field becomes what the API is asked for, and back. */
interface Reading {
  readonly asked: (text: string) => string | undefined;
  readonly shown: (value: string) => string;
}

const asItIs: Reading = { asked: (text) => text.trim() || undefined, shown: (value) => value };

/** A filter of a list that takes a text, kept in the address under the API's name. */
export function TextFilter({
  name,
  title,
  type = "text",
  reading = asItIs,
}: {
  readonly name: string;
  readonly title: string;
  readonly type?: "text" | "number";
  /** Left out: it is asked for as it was written. */
  readonly reading?: Reading;
}): ReactNode {
  const { search, change } = useAddress();
  const { asked, shown } = reading;
  const value = search[name] ?? "";
  const [text, setText] = useState(() => shown(value));
  const typed = useRef(text);
  const ask = useDebouncedCallback((wanted: string) => {
    change({ [name]: asked(wanted), after: undefined });
  }, typingMs);
  // The address may change by itself: a link, the way back, "clear filters".
  useEffect(() => {
    if (value === (asked(typed.current) ?? "")) return;
    typed.current = shown(value);
    setText(typed.current);
  }, [value, asked, shown]);
  return (
    <TextInput
      aria-label={title}
      placeholder={title}
      title={title}
      type={type}
      {...(type === "number" ? { min: 0, step: "any" } : {})}
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
