import { Alert, Grid, Group, Stack, Text, Title } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { refusalOf } from "../../api/problem.ts";
import { JsonEditor } from "../../parts/form/json-editor.tsx";
import { SchemaForm } from "../../parts/form/schema-form.tsx";
import { beginningOf, type Issue, issuesIn, type Shape, sent } from "../../parts/form/shape.ts";
import { ProblemNotice } from "../../parts/problem-notice.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { type StationRequest, useStationRequest } from "../use-station-request.ts";
import { ocppCall, placed } from "./call-body.ts";

interface Props {
  readonly stationId: string;
  readonly action: string;
  /** The schema of the payload, from the station's version of OCPP. */
  readonly payload: Shape;
  /** What else the request takes. */
  readonly around: Shape;
  readonly atRisk?: number | undefined;
  readonly onBegin: () => void;
  readonly onSent: (requestId: string) => void;
}

const operation = "postChargingStationsByStationIdRequests";

/** One value, written by a form or as JSON beside it: what changes here is seen there. */
export function CallForm(props: Props): ReactNode {
  const { stationId, action, payload, around, atRisk } = props;
  const t = useText();
  const { asking, value, rest, edits, issues, submit, ...write } = useWriting(props);
  return (
    <form onSubmit={submit} noValidate aria-label={action}>
      <Stack gap="sm">
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <PayloadFields
              shape={payload}
              value={value}
              issues={issues.payload}
              onChange={write.byForm}
            />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}>
            <JsonEditor
              key={edits}
              label={t("form.json")}
              value={sent(value)}
              onChange={write.byJson}
              onReadable={write.setReadable}
            />
          </Grid.Col>
        </Grid>
        <details>
          <Text component="summary" size="sm" mb="xs" style={{ cursor: "pointer" }}>
            {t("ocppCall.waiting")}
          </Text>
          <SchemaForm shape={around} value={rest} issues={issues.around} onChange={write.setRest} />
        </details>
        {asking.isError && <ProblemNotice error={asking.error} />}
        {atRisk !== undefined && (
          <Alert color="red" p="xs">
            {t("station.risk", { count: atRisk })}
          </Alert>
        )}
        <Group justify="flex-end">
          <ActButton
            may={{ operation, says: { type: ocppCall }, stationId }}
            type="submit"
            {...(atRisk === undefined ? {} : { color: "red" })}
            loading={asking.isPending}
          >
            {t("ocppCall.send", { action })}
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}

/** What is written so far, and its way to the station. */
function useWriting({ stationId, action, payload, onBegin, onSent }: Props) {
  const t = useText();
  const [value, setValue] = useState<unknown>(() => beginningOf(payload));
  const [rest, setRest] = useState<unknown>({});
  const [own, setOwn] = useState<readonly Issue[]>([]);
  // Counted, so that the editor begins anew with what the form has changed.
  const [edits, setEdits] = useState(0);
  const [isReadable, setReadable] = useState(true);
  const asking = useStationRequest(stationId, { quiet: true });
  const refused = asking.isError ? refusalOf(asking.error) : undefined;
  const theirs = placed(refused !== undefined && "issues" in refused ? (refused.issues ?? []) : []);
  return {
    ...{ asking, value, rest, edits, setRest, setReadable },
    issues: { payload: [...own, ...theirs.payload], around: theirs.around },
    byForm: (next: unknown) => {
      setValue(next);
      setReadable(true);
      setEdits(edits + 1);
    },
    byJson: setValue as (next: unknown) => void,
    submit: (event: FormEvent) => {
      event.preventDefault();
      const wanted = sent(value ?? {});
      const issues = issuesIn(payload, wanted, t);
      setOwn(issues);
      // What was refused or answered before is not what is sent now.
      asking.reset();
      onBegin();
      if (issues.length > 0 || !isReadable) return;
      const more = sent(rest) as object;
      const body = { type: ocppCall, action, payload: wanted, ...more } as StationRequest;
      asking.mutate(body, { onSuccess: ({ requestId }) => onSent(requestId) });
    },
  };
}

function PayloadFields(given: {
  readonly shape: Shape;
  readonly value: unknown;
  readonly issues: readonly Issue[];
  readonly onChange: (value: unknown) => void;
}): ReactNode {
  const { shape, issues } = given;
  const t = useText();
  const whole = issues.find(({ path }) => path === "/");
  return (
    <>
      <Title order={3} mb="xs">
        {t("ocppCall.payload")}
      </Title>
      {Object.keys(shape.properties ?? {}).length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("requestList.bare")}
        </Text>
      ) : (
        <SchemaForm {...given} />
      )}
      {whole !== undefined && (
        <Text size="xs" c="red" role="alert">
          {whole.message}
        </Text>
      )}
    </>
  );
}
