import { Alert, Button, Group, Stack, Tabs, Text, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { refusalOf } from "../api/problem.ts";
import { useShape } from "../api/shapes.ts";
import { useAct } from "../api/use-act.ts";
import { JsonEditor } from "../parts/form/json-editor.tsx";
import { type Issue, isObject, issuesIn, type Shape } from "../parts/form/shape.ts";
import { ShapeAwaited } from "../parts/form/shape-awaited.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { ActButton } from "../rights/act-button.tsx";
import { useText } from "../strings/language.ts";
import { bodyOf, draftOf, newType, type TypeBody, type TypeDraft } from "./drafts.ts";
import { EvseFields } from "./evse-fields.tsx";
import { SettingFields } from "./setting-fields.tsx";
import { wrongAtOf } from "./wrong-at.ts";

const operation = "putStationTypesByVendorByModel";

interface Props {
  readonly vendor: string;
  readonly model: string;
  /** Whether vendor and model are there yet. */
  readonly isNamed?: boolean;
  /** As it is now; absent: it is new. */
  readonly known?: TypeBody;
  /** What saving it leads to. */
  readonly consequence?: string | undefined;
  readonly action: string;
  readonly onSaved: () => void;
  readonly onCancel?: () => void;
}

/** Describes a type: its EVSEs and connectors, and the settings that its stations begin with. */
export function TypeForm(props: Props): ReactNode {
  const shape = useShape(operation);
  return shape === undefined ? <ShapeAwaited height={160} /> : <Loaded {...props} shape={shape} />;
}

function Loaded(props: Props & { readonly shape: Shape }): ReactNode {
  const { vendor, model, isNamed = true, consequence, action, onCancel } = props;
  const t = useText();
  const { saving, own, submit, ...writing } = useWriting(props);
  return (
    <form onSubmit={submit} noValidate aria-label={`${vendor} ${model}`}>
      <Stack gap="sm">
        <Writing {...writing} />
        {saving.isError && <ProblemNotice error={saving.error} />}
        {own.length > 0 && (
          <Text size="sm" c="red" role="alert">
            {t("types.incomplete")}
          </Text>
        )}
        {consequence !== undefined && (
          <Alert p="xs" color="cyan">
            {consequence}
          </Alert>
        )}
        <Group gap="xs">
          <ActButton
            may={{ operation }}
            type="submit"
            disabled={!isNamed}
            loading={saving.isPending}
          >
            {action}
          </ActButton>
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              {t("shell.cancel")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** What is written so far, as fields or as JSON, and its way to the API. */
function useWriting({ vendor, model, known, shape, onSaved }: Props & { readonly shape: Shape }) {
  const t = useText();
  const [draft, setDraft] = useState<TypeDraft>(() => (known ? draftOf(known) : newType));
  // Written as JSON it is sent as it stands, also what is not known here.
  const [raw, setRaw] = useState<unknown>();
  const [own, setOwn] = useState<readonly Issue[]>([]);
  const [isReadable, setReadable] = useState(true);
  const done = t(known === undefined ? "types.saved" : "types.changed", {
    type: `${vendor} ${model}`,
  });
  const saving = useAct(operation, { done, quiet: true });
  const refused = saving.isError ? refusalOf(saving.error) : undefined;
  const theirs = refused !== undefined && "issues" in refused ? (refused.issues ?? []) : [];
  const written = raw ?? bodyOf(draft);
  return {
    saving,
    own,
    draft,
    written,
    issues: [...own, ...theirs],
    setReadable,
    write: (next: TypeDraft) => {
      setRaw(undefined);
      setDraft(next);
    },
    writeJson: (value: unknown) => {
      setRaw(value);
      setDraft(draftOf((isObject(value) ? value : {}) as Partial<TypeBody>));
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const issues = issuesIn(shape, written, t);
      setOwn(issues);
      // What was refused before is not what is sent now.
      saving.reset();
      if (issues.length > 0 || !isReadable) return;
      const asked = { params: { vendor, model }, body: written as TypeBody };
      saving.mutate(asked, { onSuccess: onSaved });
    },
  };
}

function Writing(given: {
  readonly draft: TypeDraft;
  readonly written: unknown;
  readonly issues: readonly Issue[];
  readonly write: (draft: TypeDraft) => void;
  readonly writeJson: (value: unknown) => void;
  readonly setReadable: (isReadable: boolean) => void;
}): ReactNode {
  const { draft, written, issues, write, writeJson, setReadable } = given;
  const t = useText();
  return (
    <Tabs
      defaultValue="form"
      keepMounted={false}
      // What is no JSON goes with its editor.
      onChange={() => setReadable(true)}
    >
      <Tabs.List mb="sm">
        <Tabs.Tab value="form">{t("form.form")}</Tabs.Tab>
        <Tabs.Tab value="json">{t("form.json")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="form">
        <Fields draft={draft} issues={issues} onChange={write} />
      </Tabs.Panel>
      <Tabs.Panel value="json">
        <JsonEditor
          label={t("form.json")}
          value={written}
          onChange={writeJson}
          onReadable={setReadable}
        />
      </Tabs.Panel>
    </Tabs>
  );
}

function Fields(given: {
  readonly draft: TypeDraft;
  readonly issues: readonly Issue[];
  readonly onChange: (draft: TypeDraft) => void;
}): ReactNode {
  const { draft, issues, onChange } = given;
  const t = useText();
  return (
    <Stack gap="sm">
      <EvseFields
        evses={draft.evses}
        wrongAt={wrongAtOf(issues)}
        onChange={(evses) => onChange({ ...draft, evses })}
      />
      <div>
        <Title order={3} mb={4}>
          {t("types.settings")}
        </Title>
        <SettingFields
          settings={draft.settings}
          onChange={(settings) => onChange({ ...draft, settings })}
        />
      </div>
    </Stack>
  );
}
