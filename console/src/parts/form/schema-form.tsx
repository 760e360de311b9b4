import { Checkbox, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useText } from "../../strings/language.ts";
import { fieldSecond, instantOfField } from "../instants.ts";
import { JsonEditor } from "./json-editor.tsx";
import { GroupField, ListField } from "./nested-fields.tsx";
import { type Issue, kindOf, labelOf, type Shape, wordsOf } from "./shape.ts";

/** What every field is given. */
export interface FieldProps {
  readonly shape: Shape;
  /** Its member's name; absent: it is the whole. */
  readonly name: string;
  readonly path: string;
  readonly needed: boolean;
  readonly value: unknown;
  readonly issues: readonly Issue[];
  readonly onChange: (value: unknown) => void;
}

/** The fields of a shape of the API. */
export function SchemaForm(props: {
  readonly shape: Shape;
  readonly value: unknown;
  readonly issues: readonly Issue[];
  readonly onChange: (value: unknown) => void;
}): ReactNode {
  return <Field {...props} name="" path="" needed />;
}

/** One field, whatever its kind. */
export function Field(props: FieldProps): ReactNode {
  switch (kindOf(props.shape, props.needed)) {
    case "fixed":
      return null;
    case "choice":
      return <ChoiceField {...props} />;
    case "text":
      return <TextField {...props} />;
    case "instant":
      return <InstantField {...props} />;
    case "number":
      return <NumberField {...props} />;
    case "flag":
      return <FlagField {...props} />;
    case "list":
      return <ListField {...props} />;
    case "group":
      return <GroupField {...props} />;
    case "json":
      return <JsonField {...props} />;
  }
}

/** Label, description and what is wrong, the same for each kind of field. */
function useWords({ shape, name, path, needed, issues }: FieldProps) {
  const t = useText();
  const wrong = issues.find((issue) => issue.path === (path || "/"))?.message;
  const label = needed ? labelOf(name) : `${labelOf(name)} (${t("form.optional")})`;
  const { description } = shape;
  return {
    label,
    name: path,
    ...(wrong === undefined ? {} : { error: wrong }),
    ...(description === undefined ? {} : { description }),
  };
}

function ChoiceField(props: FieldProps): ReactNode {
  const t = useText();
  const words = useWords(props);
  return (
    <NativeSelect
      {...words}
      value={String(props.value ?? "")}
      onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
      data={[
        { value: "", label: t("form.unset") },
        ...(wordsOf(props.shape) ?? []).map((word) => ({ value: word, label: word })),
      ]}
    />
  );
}

function TextField(props: FieldProps): ReactNode {
  return (
    <TextInput
      {...useWords(props)}
      value={String(props.value ?? "")}
      onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
    />
  );
}

/** The browser's own field speaks of the viewer's zone; the API wants UTC. */
function InstantField(props: FieldProps): ReactNode {
  return (
    <TextInput
      {...useWords(props)}
      type="datetime-local"
      step={1}
      value={typeof props.value === "string" ? fieldSecond(new Date(props.value)) : ""}
      onChange={(event) => props.onChange(instantOfField(event.currentTarget.value))}
    />
  );
}

function NumberField(props: FieldProps): ReactNode {
  const { shape, value, onChange } = props;
  return (
    <NumberInput
      {...useWords(props)}
      value={typeof value === "number" || typeof value === "string" ? value : ""}
      allowDecimal={shape.type !== "integer"}
      hideControls
      onChange={(next) => onChange(next === "" ? undefined : next)}
    />
  );
}

function FlagField(props: FieldProps): ReactNode {
  const { label, ...words } = useWords(props);
  return (
    <Checkbox
      {...words}
      label={label}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}

function JsonField(props: FieldProps): ReactNode {
  const { label, description, error } = useWords(props);
  const id = useId();
  return (
    <JsonEditor
      key={id}
      label={label}
      {...(description === undefined ? {} : { description })}
      {...(error === undefined ? {} : { wrong: error })}
      value={props.value}
      onChange={props.onChange}
    />
  );
}
