import type { ReactNode } from "react";
import { useText } from "../strings/language.ts";
import type { TextKey } from "../strings/translate.ts";
import classes from "./plain-table.module.css";

/** A column of a short list that the API answers whole. */
export interface PlainColumn<Row> {
  readonly id: string;
  readonly title: TextKey;
  readonly align?: "right";
  /** Left out where there is little room. */
  readonly phone?: "hidden";
  readonly cell: (row: Row) => ReactNode;
}

/** A short list, all of it on the page. */
export function PlainTable<Row>(props: {
  readonly label: string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Said where there are no rows. */
  readonly none: string;
}): ReactNode {
  const { label, columns, rows, keyOf, none } = props;
  const t = useText();
  if (rows.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ id, title, align, phone }) => (
            <th key={id} scope="col" data-align={align} data-phone={phone}>
              {t(title as "list.search")}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ id, align, phone, cell }) => (
              <td key={id} data-align={align} data-phone={phone}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
