import { type ReactNode, useState } from "react";
import { ShownOnce } from "../../access/shown-once.tsx";
import type { Answer } from "../../api/call.ts";
import { Icon } from "../../parts/icon.tsx";
import { type Filter, FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { type User, userColumns } from "./user-columns.tsx";
import { UserForm } from "./user-form.tsx";

const filters: readonly Filter[] = [
  {
    name: "administrator",
    title: "access.rights",
    choices: { true: "access.administrator", false: "access.others" },
  },
];

type OneTime = Answer<"postUsers">;

/** People who work with Motown. */
export function UsersPage(): ReactNode {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<OneTime>();
  return (
    <>
      <PageHead
        title={t("access.users")}
        actions={
          <ActButton
            may={{ operation: "postUsers" }}
            leftSection={<Icon name="plus" size={14} />}
            onGo={() => setAdding(true)}
          >
            {t("access.newUser")}
          </ActButton>
        }
      />
      <FilterBar filters={filters} searchFor="access.searchUsers" />
      <PagedList<User>
        operation="getUsers"
        filters={["administrator"]}
        columns={userColumns(setMade)}
        keyOf={({ user }) => user}
        order="user"
        label={t("access.users")}
        isStackedOnPhone
      />
      {isAdding && (
        <UserForm
          onClose={() => setAdding(false)}
          onAdded={(answer) => {
            setAdding(false);
            setMade(answer);
          }}
        />
      )}
      {made !== undefined && (
        <ShownOnce
          title={t("access.oneTime", { user: made.user })}
          secret={made.oneTimePassword}
          explanation={t("access.oneTimeMeans", { user: made.user })}
          onClose={() => setMade(undefined)}
        />
      )}
    </>
  );
}
