import type { Item } from "../../api/call.ts";
import type { Column } from "../../parts/list/columns.ts";
import { Moment } from "../../parts/moment.tsx";
import { ExpiryWord, TokenText, TokenWord } from "./token-words.tsx";

/** A token as the API shows it. */
export type Token = Item<"getTokens">;

/** Columns of the list of tokens. */
export const tokenColumns: readonly Column<Token>[] = [
  {
    id: "token",
    title: "tokens.token",
    width: "minmax(150px, 1.6fr)",
    cell: (token) => <TokenText value={token.identifyingToken} />,
  },
  {
    id: "status",
    title: "tokens.status",
    width: "minmax(110px, 0.8fr)",
    cell: ({ status }) => <TokenWord status={status} />,
  },
  {
    id: "group",
    title: "tokens.group",
    width: "minmax(110px, 1fr)",
    phone: "hidden",
    cell: ({ groupToken }) => groupToken ?? "",
  },
  {
    id: "expires",
    title: "tokens.expires",
    width: "140px",
    phone: "hidden",
    cell: ({ expiresAt }) => (expiresAt === undefined ? "" : <ExpiryWord at={expiresAt} />),
  },
  {
    id: "running",
    title: "tokens.running",
    width: "90px",
    align: "right",
    phone: "hidden",
    cell: ({ activeTransactions }) => (activeTransactions === 0 ? "" : activeTransactions),
  },
  {
    id: "createdAt",
    title: "tokens.createdAt",
    width: "120px",
    order: "createdAt",
    phone: "hidden",
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
  {
    id: "changedAt",
    title: "tokens.changedAt",
    width: "120px",
    order: "changedAt",
    phone: "hidden",
    cell: ({ changedAt }) => <Moment at={changedAt} />,
  },
];
