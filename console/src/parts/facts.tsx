import { Card, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "../strings/language.ts";
import type { TextKey } from "../strings/translate.ts";
import classes from "./facts.module.css";

/** One thing that is known: what it is, and how it is. Without a value it is left out. */
export interface Fact {
  readonly title: TextKey;
  /** No `false`: it would be a line that says nothing. */
  readonly value: Exclude<ReactNode, boolean>;
}

/** A card of facts, for pages that show one thing. */
export function Facts({
  title,
  facts,
}: {
  readonly title: string;
  readonly facts: readonly Fact[];
}): ReactNode {
  const t = useText();
  const known = facts.filter(({ value }) => value !== undefined && value !== null && value !== "");
  return (
    <Card withBorder padding="sm" h="100%">
      <Title order={2} mb="xs">
        {title}
      </Title>
      <dl className={classes.facts}>
        {known.map((fact) => (
          <div key={fact.title} className={classes.fact}>
            <dt>{t(fact.title as "list.search")}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
