import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useAddress } from "../../app/use-address.ts";
import { useLanguage, useText } from "../../strings/language.ts";
import type { TextKey } from "../../strings/translate.ts";
import { Icon } from "../icon.tsx";
import { shortInstant } from "../instants.ts";
import { type Reading, useTyped } from "./use-typed.ts";

/** A filter of a list: the API's name, and the words that one may choose. */
export interface Filter {
  readonly name: string;
  readonly title: TextKey;
  /** The API's words with ours for them. */
  readonly choices: Readonly<Record<string, TextKey>>;
}

/** So long after the last letter is the server asked. */
const typingMs = 100;

/** What narrows a list; all of it is in the address. */
export function FilterBar({
  filters,
  linked = {},
  searchFor,
  further = [],
  children,
}: {
  readonly filters: readonly Filter[];
  /** Filters that links set and nobody chooses here; one that is set can be taken away. */
  readonly linked?: Readonly<Record<string, TextKey>>;
  /** What the search looks into, in words; absent: the list cannot be searched. */
  readonly searchFor?: TextKey | undefined;
  /** Filters whose fields are among the children: they are cleared with all. */
  readonly further?: readonly string[];
  readonly children?: ReactNode;
}): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const names = [...filters.map(({ name }) => name), ...Object.keys(linked), ...further];
  const isNarrowed = ["search", ...names].some((name) => search[name] !== undefined);
  return (
    <Group gap="xs" mb="xs" align="flex-end" role="search">
      {searchFor !== undefined && <SearchField searchFor={searchFor} />}
      {filters.map((filter) => (
        <FilterChoice key={filter.name} {...filter} />
      ))}
      {Object.entries(linked).map(([name, title]) => (
        <LinkedFilter key={name} name={name} title={t(title as "list.search")} />
      ))}
      {isNarrowed && (
        <Button
          variant="subtle"
          onClick={() =>
            change(Object.fromEntries(["search", "after", ...names].map((one) => [one, undefined])))
          }
        >
          {t("list.clear")}
        </Button>
      )}
      {children}
    </Group>
  );
}

/** One filter whose words one chooses from. */
export function FilterChoice({ name, title, choices }: Filter): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const words = t(title as "list.search");
  return (
    <NativeSelect
      aria-label={words}
      value={search[name] ?? ""}
      onChange={(event) =>
        change({ [name]: event.currentTarget.value || undefined, after: undefined })
      }
      data={[
        { value: "", label: `${words}: ${t("list.any")}` },
        ...Object.entries(choices).map(([value, key]) => ({
          value,
          label: t(key as "list.search"),
        })),
      ]}
    />
  );
}

/** What a link has narrowed the list by. */
function LinkedFilter({
  name,
  title,
}: {
  readonly name: string;
  readonly title: string;
}): ReactNode {
  const t = useText();
  const language = useLanguage();
  const { search, change } = useAddress();
  const value = search[name];
  if (value === undefined) return null;
  const isInstant = /At(From|Until)$/.test(name);
  const words: Readonly<Record<string, string>> = { true: t("shell.yes"), false: t("shell.no") };
  const plain = words[value] ?? value;
  const shown = isInstant ? shortInstant(new Date(value), new Date(), language) : plain;
  return (
    <Button
      variant="light"
      rightSection={<Icon name="cross" size={12} />}
      aria-label={t("list.without", { filter: `${title}: ${shown}` })}
      onClick={() => change({ [name]: undefined, after: undefined })}
    >
      {title}: {shown}
    </Button>
  );
}

const wholeText: Reading = { asked: (text) => text || undefined, shown: (value) => value };

function SearchField({ searchFor }: { readonly searchFor: TextKey }): ReactNode {
  const t = useText();
  const { search, change } = useAddress();
  const { text, type } = useTyped({
    ...{ value: search.search ?? "", reading: wholeText, waitMs: typingMs },
    onAsk: (wanted) => change({ search: wanted, after: undefined }),
  });
  return (
    <TextInput
      type="search"
      aria-label={t("list.search")}
      placeholder={t(searchFor as "list.search")}
      title={t(searchFor as "list.search")}
      leftSection={<Icon name="search" size={14} />}
      w={{ base: "100%", xs: 290 }}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
