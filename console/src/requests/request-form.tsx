import { Alert, Group, Stack, Tabs } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { refusalOf } from "../api/problem.ts";
import { useShapes } from "../api/shapes.ts";
import { Issues } from "../parts/form/issues.tsx";
import { JsonEditor } from "../parts/form/json-editor.tsx";
import { SchemaForm } from "../parts/form/schema-form.tsx";
import { beginningOf, type Issue, issuesIn, type Shape, sent } from "../parts/form/shape.ts";
import { ShapeAwaited } from "../parts/form/shape-awaited.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { ActButton } from "../rights/act-button.tsx";
import type { Doing } from "../rights/use-may.ts";
import type { Says } from "../rights/verdict.ts";
import { useText } from "../strings/language.ts";
import { ocppCall } from "./ocpp-call/call-body.ts";
import { OcppCallForm } from "./ocpp-call/ocpp-call-form.tsx";
import { type StationRequest, useStationRequest } from "./use-station-request.ts";

const operation = "postChargingStationsByStationIdRequests";

interface Props {
  readonly stationId: string;
  /** The API's name of the request: `RequestReset`. */
  readonly type: string;
  /** What is known already: the EVSE that was clicked on, for example. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** Sessions that it may end. */
  readonly atRisk?: number | undefined;
  readonly onSent?: () => void;
}

/** Asks a station for something: a form made of the API's shape, or JSON. */
export function RequestForm(props: Props): ReactNode {
  // Its shape is not the API's but that of the station's version of OCPP.
  if (props.type === ocppCall) return <OcppCallForm {...props} />;
  return <NamedForm {...props} />;
}

function NamedForm(props: Props): ReactNode {
  const shape = useShapes(operation)[props.type];
  if (shape === undefined) return <ShapeAwaited />;
  return <Loaded {...props} shape={shape} key={props.type} />;
}

function Loaded({
  stationId,
  given,
  atRisk,
  onSent,
  shape,
}: Props & { readonly shape: Shape }): ReactNode {
  const t = useText();
  const [value, setValue] = useState<unknown>(() => ({
    ...(beginningOf(shape) as object),
    ...given,
  }));
  const [own, setOwn] = useState<readonly Issue[]>([]);
  const [isReadable, setReadable] = useState(true);
  const asking = useStationRequest(stationId, { quiet: true });
  const refused = asking.isError ? refusalOf(asking.error) : undefined;
  const theirs = refused !== undefined && "issues" in refused ? (refused.issues ?? []) : [];
  const [tab, setTab] = useState<string | null>("form");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = sent(value) as StationRequest;
    const issues = issuesIn(shape, body, t);
    setOwn(issues);
    // What was refused before is not what is sent now.
    asking.reset();
    if (issues.length > 0 || !isReadable) return;
    asking.mutate(body, { onSuccess: () => onSent?.() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) => {
            setTab(next);
            // A text that is no JSON is gone with its editor: the form is what was readable last.
            setReadable(true);
          }}
        >
          <Tabs.List mb="sm">
            <Tabs.Tab value="form">{t("form.form")}</Tabs.Tab>
            <Tabs.Tab value="json">{t("form.json")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="form">
            <SchemaForm
              shape={shape}
              value={value}
              issues={[...own, ...theirs]}
              onChange={setValue}
            />
          </Tabs.Panel>
          <Tabs.Panel value="json">
            <JsonEditor
              label={t("form.json")}
              value={sent(value)}
              onChange={setValue}
              onReadable={setReadable}
            />
          </Tabs.Panel>
        </Tabs>
        {/* The form says so beside its fields. */}
        {tab === "json" && <Issues issues={own} />}
        {asking.isError && <ProblemNotice error={asking.error} />}
        <Sending
          atRisk={atRisk}
          isBusy={asking.isPending}
          may={{ operation, says: sent(value) as Says, stationId }}
        />
      </Stack>
    </form>
  );
}

/** The button, and what it may cost. */
function Sending({
  atRisk,
  isBusy,
  may,
}: {
  readonly atRisk: number | undefined;
  readonly isBusy: boolean;
  readonly may: Doing;
}): ReactNode {
  const t = useText();
  return (
    <>
      {atRisk !== undefined && (
        <Alert color="red" p="xs">
          {t("station.risk", { count: atRisk })}
        </Alert>
      )}
      <Group justify="flex-end">
        <ActButton
          may={may}
          type="submit"
          {...(atRisk === undefined ? {} : { color: "red" })}
          loading={isBusy}
        >
          {t("form.send")}
        </ActButton>
      </Group>
    </>
  );
}
