import { Button, Fieldset, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../../strings/language.ts";
import { Field, type FieldProps } from "./schema-form.tsx";
import { beginningOf, isObject, kindOf, labelOf, type Shape } from "./shape.ts";

/** The members of an object; one that is optional and not there can be added. */
export function GroupField(props: FieldProps): ReactNode {
  const t = useText();
  const { shape, name, path, needed, value, issues, onChange } = props;
  if (value === undefined && !needed) {
    return (
      <Group>
        <Button variant="default" onClick={() => onChange(beginningOf(shape))}>
          {t("form.addNamed", { name: labelOf(name) })}
        </Button>
      </Group>
    );
  }
  const members: Readonly<Record<string, unknown>> = isObject(value) ? value : {};
  const fields = (
    <Stack gap="xs">
      {membersOf(shape).map(([member, part]) => (
        <Field
          key={member}
          shape={part}
          name={member}
          path={`${path}/${member}`}
          needed={shape.required?.includes(member) ?? false}
          value={members[member]}
          issues={issues}
          onChange={(next) => onChange({ ...members, [member]: next })}
        />
      ))}
    </Stack>
  );
  if (name === "") return fields;
  const wrong = issues.find((issue) => issue.path === path)?.message;
  return (
    <Fieldset legend={labelOf(name)} p="sm">
      {fields}
      {wrong !== undefined && (
        <Text size="xs" c="red" role="alert">
          {wrong}
        </Text>
      )}
      {!needed && <Remove onRemove={() => onChange(undefined)} />}
    </Fieldset>
  );
}

/** What is needed comes first: what may be left out is passed over on the way to the end. */
function membersOf({ properties = {}, required = [] }: Shape): readonly [string, Shape][] {
  const rank = ([name]: [string, Shape]) => (required.includes(name) ? 0 : 1);
  return Object.entries(properties).toSorted((one, other) => rank(one) - rank(other));
}

/** Items one below the other. */
export function ListField(props: FieldProps): ReactNode {
  const t = useText();
  const { shape, name, path, value, issues, onChange } = props;
  const { items: item, maxItems = Number.POSITIVE_INFINITY, description } = shape;
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const wrong = issues.find((issue) => issue.path === path)?.message;
  if (item === undefined) return null;
  const change = (at: number, next: unknown) => onChange(items.with(at, next));
  return (
    <Fieldset legend={labelOf(name)} p="sm">
      <Stack gap="xs">
        {description !== undefined && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
        {items.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item has no name but its place
          <Group key={at} align="flex-end" wrap="nowrap">
            <div style={{ flex: 1 }}>
              <Field
                shape={item}
                name={kindOf(item) === "group" ? String(at + 1) : `${at + 1}`}
                path={`${path}/${at}`}
                needed
                value={one}
                issues={issues}
                onChange={(next) => change(at, next)}
              />
            </div>
            <Remove
              onRemove={() => {
                const left = items.filter((_one, other) => other !== at);
                onChange(left.length === 0 ? undefined : left);
              }}
            />
          </Group>
        ))}
        {wrong !== undefined && (
          <Text size="xs" c="red">
            {wrong}
          </Text>
        )}
        <Group>
          <Button
            variant="default"
            disabled={items.length >= maxItems}
            onClick={() => onChange([...items, beginningOf(item)])}
          >
            {t("form.add")}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

function Remove({ onRemove }: { readonly onRemove: () => void }): ReactNode {
  const t = useText();
  return (
    <Button variant="subtle" color="gray" onClick={onRemove}>
      {t("form.remove")}
    </Button>
  );
}
