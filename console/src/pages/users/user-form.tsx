import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { issueOf } from "../../access/issues.ts";
import { PermissionPicker, type Rights } from "../../access/permission-picker.tsx";
import type { Answer } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Dialog } from "../../parts/dialogs/dialog.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import type { User } from "./user-columns.tsx";

/** Adds a user, or changes what one may do. */
export function UserForm(props: {
  /** Absent: a new one. */
  readonly user?: User;
  readonly onAdded?: (made: Answer<"postUsers">) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { user: known, onAdded, onClose } = props;
  const t = useText();
  const [name, setName] = useState(known?.user ?? "");
  const [rights, setRights] = useState<Rights>({
    administrator: known?.administrator ?? false,
    permissions: known?.permissions ?? [],
  });
  // It is shown once, and be it after the form was closed.
  const adding = useAct("postUsers", { quiet: true, afterwards: (made) => onAdded?.(made) });
  const done = t("access.rightsChanged", { user: name });
  const changing = useAct("putUsersByUserRights", { quiet: true, done });
  const asked = known === undefined ? adding : changing;
  // Whoever closed it and began anew would have two secrets, and one dialog.
  const close = () => {
    if (!asked.isPending) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (known === undefined) adding.mutate({ body: { user: name, ...rights } });
    else changing.mutate({ params: { user: known.user }, body: rights }, { onSuccess: onClose });
  };
  const nameIssue = issueOf(adding.error, "user");
  return (
    <Dialog
      onClose={close}
      title={known === undefined ? t("access.newUser") : t("access.rightsOf", { user: known.user })}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {known === undefined && (
            <TextInput
              label={t("access.user")}
              description={t("access.userMeans")}
              data-autofocus
              required
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              {...(nameIssue === undefined ? {} : { error: nameIssue })}
            />
          )}
          <PermissionPicker
            value={rights}
            onChange={setRights}
            error={issueOf(asked.error, "permissions")}
          />
          {asked.isError && <ProblemNotice error={asked.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" disabled={asked.isPending} onClick={close}>
              {t("shell.cancel")}
            </Button>
            <ActButton
              may={{ operation: known === undefined ? "postUsers" : "putUsersByUserRights" }}
              type="submit"
              loading={asked.isPending}
            >
              {known === undefined ? t("access.addUser") : t("access.saveRights")}
            </ActButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
