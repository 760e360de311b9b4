import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useAddress } from "../../app/use-address.ts";
import { fieldInstant, instantOfField } from "../instants.ts";

/** A filter of a list that takes an instant, in the viewer's zone; the address holds it in UTC. */
export function MomentFilter({
  name,
  title,
}: {
  readonly name: string;
  readonly title: string;
}): ReactNode {
  const { search, change } = useAddress();
  const value = search[name];
  return (
    <TextInput
      type="datetime-local"
      label={title}
      w={{ base: "calc(50% - 4px)", xs: 190 }}
      value={value === undefined ? "" : fieldInstant(new Date(value))}
      onChange={(event) =>
        change({ [name]: instantOfField(event.currentTarget.value), after: undefined })
      }
    />
  );
}
