import { Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useText } from "../../strings/language.ts";

/** A value as JSON, for who would rather write it. What is no JSON is said, and not handed on. */
export function JsonEditor(props: {
  readonly label: string;
  readonly description?: string;
  readonly wrong?: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Told whenever the text becomes JSON, or stops being it. */
  readonly onReadable?: (isReadable: boolean) => void;
}): ReactNode {
  const t = useText();
  const { label, description, wrong, value, onChange, onReadable } = props;
  const [text, setText] = useState(() =>
    value === undefined ? "" : JSON.stringify(value, null, 2),
  );
  const [reason, setReason] = useState<string>();
  const error = reason === undefined ? wrong : t("form.notJson", { reason });
  return (
    <Textarea
      label={label}
      {...(description === undefined ? {} : { description })}
      {...(error === undefined ? {} : { error })}
      autosize
      minRows={4}
      maxRows={24}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const read = readJson(next);
        setReason(read.reason);
        onReadable?.(read.reason === undefined);
        if (read.reason === undefined) onChange(read.value);
      }}
    />
  );
}

/** What a text says as JSON, or why it says nothing. */
export function readJson(text: string): { readonly value?: unknown; readonly reason?: string } {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
