import { RightsWords } from "../../access/rights-words.tsx";
import type { Answer, Item } from "../../api/call.ts";
import type { Column } from "../../parts/list/columns.ts";
import { Moment } from "../../parts/moment.tsx";
import { PasswordCell, UserMenu } from "./user-menu.tsx";

/** A person as the list shows him. */
export type User = Item<"getUsers">;

/** Columns of the list of users; a new one-time password is handed to who shows it. */
export function userColumns(
  onOneTime: (made: Answer<"postUsers">) => void,
): readonly Column<User>[] {
  return [
    {
      id: "user",
      title: "access.user",
      width: "minmax(120px, 1fr)",
      order: "user",
      cell: ({ user }) => user,
    },
    {
      id: "rights",
      title: "access.rights",
      width: "minmax(150px, 1.6fr)",
      cell: (user) => <RightsWords {...user} />,
    },
    {
      id: "password",
      title: "access.password",
      width: "minmax(150px, 1fr)",
      cell: (user) => <PasswordCell user={user} />,
    },
    {
      id: "createdAt",
      title: "access.madeAt",
      width: "130px",
      order: "createdAt",
      phone: "hidden",
      cell: ({ createdAt }) => <Moment at={createdAt} />,
    },
    {
      id: "menu",
      title: "access.doIt",
      width: "110px",
      align: "right",
      cell: (user) => <UserMenu user={user} onOneTime={onOneTime} />,
    },
  ];
}
