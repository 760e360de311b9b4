import { Button, Group, Menu, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Sure } from "../../parts/dialogs/sure.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Word } from "../../parts/word.tsx";
import { ActItem } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { StationRights } from "./station-rights.tsx";
import type { User } from "./user-columns.tsx";
import { UserForm } from "./user-form.tsx";

/** Since when a password holds, or that it was given for once. */
export function PasswordCell({ user }: { readonly user: User }): ReactNode {
  const t = useText();
  if (user.oneTimePassword) return <Word color="yellow">{t("access.givenOnce")}</Word>;
  return (
    <Group gap={4} wrap="nowrap">
      <Text span size="xs" c="dimmed">
        {t("access.chosen")}
      </Text>
      <Moment at={user.passwordSetAt} />
    </Group>
  );
}

const mayReset = { operation: "postUsersByUserPasswordResets" } as const;
const mayRemove = { operation: "deleteUsersByUser" } as const;

/** What can be done with a user. */
export function UserMenu({
  user,
  onOneTime,
}: {
  readonly user: User;
  readonly onOneTime: (made: Answer<"postUsers">) => void;
}): ReactNode {
  const t = useText();
  const [open, setOpen] = useState<"rights" | "stations" | "reset" | "remove">();
  const close = () => setOpen(undefined);
  const name = user.user;
  const reset = useAct("postUsersByUserPasswordResets", { afterwards: onOneTime });
  const remove = useAct("deleteUsersByUser", { done: t("access.removed", { user: name }) });
  const params = { user: name };
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-xs"
            rightSection={<Icon name="down" size={12} />}
            aria-label={t("access.changeUser", { user: name })}
          >
            {t("access.change")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ActItem may={{ operation: "putUsersByUserRights" }} onGo={() => setOpen("rights")}>
            {t("access.changeRights")}
          </ActItem>
          <Menu.Item onClick={() => setOpen("stations")}>{t("access.stationRights")}</Menu.Item>
          <ActItem may={mayReset} onGo={() => setOpen("reset")}>
            {t("access.reset")}
          </ActItem>
          <Menu.Divider />
          <ActItem may={mayRemove} color="red" onGo={() => setOpen("remove")}>
            {t("access.remove")}
          </ActItem>
        </Menu.Dropdown>
      </Menu>
      {open === "rights" && <UserForm user={user} onClose={close} />}
      {open === "stations" && <StationRights user={name} onClose={close} />}
      {open === "reset" && (
        <Sure
          title={t("access.resetSure", { user: name })}
          consequence={t("access.resetMeans", { user: name })}
          action={t("access.reset")}
          may={mayReset}
          onClose={close}
          onGo={() => {
            close();
            reset.mutate({ params });
          }}
        />
      )}
      {open === "remove" && (
        <Sure
          title={t("access.removeSure", { user: name })}
          consequence={t("access.removeMeans", { user: name })}
          action={t("access.remove")}
          may={mayRemove}
          onClose={close}
          onGo={() => {
            close();
            remove.mutate({ params });
          }}
        />
      )}
    </>
  );
}
