import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useAddress } from "../../app/use-address.ts";
import { useText } from "../../strings/language.ts";
import { Icon } from "../icon.tsx";
import { type Column, nextOrder, sortOf } from "./columns.ts";
import classes from "./paged-list.module.css";

/** Heads of the columns; those that the API can order by are buttons. */
export function ListHead<Row>({
  columns,
  order,
}: {
  readonly columns: readonly Column<Row>[];
  readonly order: string | undefined;
}): ReactNode {
  const t = useText();
  const { change } = useAddress();
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.titles}>
        {columns.map(({ id, title, order: own, align, phone }) => {
          const sort = sortOf(own, order);
          const text = t(title as "list.search");
          return (
            <div
              role="columnheader"
              key={id}
              aria-sort={own === undefined ? undefined : (sort ?? "none")}
              className={classes.cell}
              data-align={align}
              data-phone={phone}
            >
              {own === undefined ? (
                text
              ) : (
                <UnstyledButton
                  className={classes.sort}
                  onClick={() => change({ order: nextOrder(own, order), after: undefined })}
                >
                  {text}
                  {sort !== undefined && (
                    <Icon name={sort === "ascending" ? "up" : "down"} size={12} />
                  )}
                </UnstyledButton>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
