import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useAddress } from "../../app/use-address.ts";
import { type Reading, useTyped } from "./use-typed.ts";

/** So long after the last letter is the server asked. */
const typingMs = 250;

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
  const { text, type: typed } = useTyped({
    ...{ value: search[name] ?? "", reading, waitMs: typingMs },
    onAsk: (wanted) => change({ [name]: wanted, after: undefined }),
  });
  return (
    <TextInput
      aria-label={title}
      placeholder={title}
      title={title}
      type={type}
      {...(type === "number" ? { min: 0, step: "any" } : {})}
      w={{ base: "calc(50% - 4px)", xs: 170 }}
      value={text}
      onChange={(event) => typed(event.currentTarget.value)}
    />
  );
}
