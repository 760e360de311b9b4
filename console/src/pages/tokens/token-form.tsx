import { Button, Group, NativeSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { issueOf } from "../../access/issues.ts";
import { useAct } from "../../api/use-act.ts";
import { Dialog } from "../../parts/dialogs/dialog.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { bodyOf, fieldsOf, type TokenFields } from "./fields.ts";
import { findToken } from "./find-token.ts";
import type { Token } from "./token-columns.tsx";
import { tokenStatuses } from "./token-words.tsx";

/** Adds a token, or changes what one may. */
export function TokenForm({
  token,
  onClose,
}: {
  /** Absent: a new one. */
  readonly token?: Token;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const [uid, setUid] = useState(token?.identifyingToken ?? "");
  const [fields, setFields] = useState<TokenFields>(() => fieldsOf(token));
  const saving = useAct("putTokensByUid", {
    done: t(token === undefined ? "tokens.added" : "tokens.changed"),
    quiet: true,
  });
  // The same address adds and changes: a token that is there must not be changed unawares.
  const finding = useMutation({
    mutationFn: async () => (token === undefined ? findToken(uid) : undefined),
    onSuccess: (known) => {
      if (known !== undefined) return;
      saving.mutate({ params: { uid: uid.trim() }, body: bodyOf(fields) }, { onSuccess: onClose });
    },
  });
  const twin = finding.data;
  const error = finding.error ?? saving.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finding.mutate();
  };
  return (
    <Dialog onClose={onClose} title={token === undefined ? t("tokens.new") : t("tokens.changeOne")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {token === undefined && (
            <TextInput
              label={t("tokens.value")}
              description={t("tokens.valueMeans")}
              data-autofocus
              required
              autoComplete="off"
              spellCheck={false}
              value={uid}
              onChange={(event) => setUid(event.currentTarget.value)}
              {...(twin === undefined ? {} : { error: <Twin token={twin} /> })}
            />
          )}
          <Fields fields={fields} error={saving.error} onChange={setFields} />
          {error !== null && <ProblemNotice error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("shell.cancel")}
            </Button>
            <ActButton
              may={{ operation: "putTokensByUid" }}
              type="submit"
              loading={finding.isPending || saving.isPending}
              disabled={uid.trim() === ""}
            >
              {token === undefined ? t("tokens.add") : t("tokens.save")}
            </ActButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Twin({ token: { tokenRef } }: { readonly token: Token }): ReactNode {
  const t = useText();
  return (
    <>
      {t("tokens.twin")}{" "}
      <PageLink page="token" params={{ tokenRef }}>
        {t("tokens.show")}
      </PageLink>
    </>
  );
}

function Fields(given: {
  readonly fields: TokenFields;
  /** What the API refused, to be shown beside the fields that are wrong. */
  readonly error: unknown;
  readonly onChange: (fields: TokenFields) => void;
}): ReactNode {
  const { fields, error, onChange } = given;
  const t = useText();
  const wrong = (field: string) => {
    const issue = issueOf(error, field);
    return issue === undefined ? {} : { error: issue };
  };
  return (
    <>
      <NativeSelect
        label={t("tokens.status")}
        value={fields.status}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...fields, status: value as TokenFields["status"] })
        }
        data={Object.entries(tokenStatuses).map(([value, key]) => ({ value, label: t(key) }))}
        {...wrong("status")}
      />
      <TextInput
        label={t("tokens.group")}
        description={t("tokens.groupMeans")}
        autoComplete="off"
        spellCheck={false}
        value={fields.groupToken}
        onChange={(event) => onChange({ ...fields, groupToken: event.currentTarget.value })}
        {...wrong("groupToken")}
      />
      <TextInput
        type="datetime-local"
        step={1}
        label={t("tokens.expires")}
        description={t("tokens.expiresMeans")}
        value={fields.expires}
        onChange={(event) => onChange({ ...fields, expires: event.currentTarget.value })}
        {...wrong("expiresAt")}
      />
      <NumberInput
        label={t("tokens.concurrency")}
        description={t("tokens.concurrencyMeans")}
        hideControls
        allowDecimal={false}
        value={fields.concurrency}
        onChange={(concurrency) => onChange({ ...fields, concurrency })}
        {...wrong("concurrency")}
      />
    </>
  );
}
