import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { issueOf } from "../../access/issues.ts";
import { PermissionPicker, type Rights } from "../../access/permission-picker.tsx";
import type { Answer } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { Dialog } from "../../parts/dialogs/dialog.tsx";
import { instantOfField } from "../../parts/instants.ts";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";

/** Makes a key; the API says what is wrong with it. */
export function NewApiKey({
  onMade,
  onClose,
}: {
  readonly onMade: (made: Answer<"postApiKeys">) => void;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const [name, setName] = useState("");
  const [until, setUntil] = useState("");
  const [rights, setRights] = useState<Rights>({ administrator: false, permissions: [] });
  // It is shown once, and be it after the form was closed.
  const making = useAct("postApiKeys", { quiet: true, afterwards: onMade });
  const wrong = (field: string) => {
    const issue = issueOf(making.error, field);
    return issue === undefined ? {} : { error: issue };
  };
  // Whoever closed it and began anew would have two secrets, and one dialog.
  const close = () => {
    if (!making.isPending) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = instantOfField(until);
    const expires = expiresAt === undefined ? {} : { expiresAt };
    making.mutate({ body: { name, ...rights, ...expires } });
  };
  return (
    <Dialog onClose={close} title={t("access.newKey")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t("access.name")}
            description={t("access.keyNameMeans")}
            data-autofocus
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            {...wrong("name")}
          />
          <PermissionPicker
            value={rights}
            onChange={setRights}
            error={issueOf(making.error, "permissions")}
          />
          <TextInput
            type="datetime-local"
            label={t("access.expiresAt")}
            description={t("access.expiresMeans")}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
            {...wrong("expiresAt")}
          />
          {making.isError && <ProblemNotice error={making.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" disabled={making.isPending} onClick={close}>
              {t("shell.cancel")}
            </Button>
            <ActButton may={{ operation: "postApiKeys" }} type="submit" loading={making.isPending}>
              {t("access.makeKey")}
            </ActButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
