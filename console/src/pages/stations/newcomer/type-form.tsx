import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Asked } from "../../../api/call.ts";
import { refusalOf } from "../../../api/problem.ts";
import { useShape } from "../../../api/shapes.ts";
import { useAct } from "../../../api/use-act.ts";
import { SchemaForm } from "../../../parts/form/schema-form.tsx";
import { type Issue, issuesIn, type Shape, sent } from "../../../parts/form/shape.ts";
import { ProblemNotice } from "../../../parts/problem-notice.tsx";
import { useText } from "../../../strings/language.ts";

const operation = "putStationTypesByVendorByModel";

interface Props {
  readonly vendor: string;
  readonly model: string;
  readonly onDone: () => void;
}

/** Adds the type that a newcomer says it is: its EVSEs and their connectors. */
export function TypeForm(props: Props): ReactNode {
  const shape = useShape(operation);
  return shape === undefined ? <Skeleton height={120} /> : <Loaded {...props} shape={shape} />;
}

function Loaded({ vendor, model, onDone, shape }: Props & { readonly shape: Shape }): ReactNode {
  const t = useText();
  // Most stations have one; more are added with a click.
  const [value, setValue] = useState<unknown>({
    evses: [{ evseId: 1, connectors: [{ connectorId: 1 }] }],
  });
  const [own, setOwn] = useState<readonly Issue[]>([]);
  const add = useAct(operation, {
    done: t("newcomer.typeDone", { type: `${vendor} ${model}` }),
    quiet: true,
  });
  const refused = add.isError ? refusalOf(add.error) : undefined;
  const theirs = refused !== undefined && "issues" in refused ? (refused.issues ?? []) : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = sent(value);
    const issues = issuesIn(shape, body, t);
    setOwn(issues);
    if (issues.length > 0) return;
    const asked = { params: { vendor, model }, body } as Asked<typeof operation>;
    add.mutate(asked, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={640}>
        <Text size="sm">{t("newcomer.typeHow", { type: `${vendor} ${model}` })}</Text>
        <SchemaForm shape={shape} value={value} issues={[...own, ...theirs]} onChange={setValue} />
        {add.isError && <ProblemNotice error={add.error} />}
        <Group>
          <Button type="submit" loading={add.isPending}>
            {t("newcomer.typeAdd")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
