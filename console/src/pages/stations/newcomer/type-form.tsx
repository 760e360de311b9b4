import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { PageLink } from "../../../parts/page-link.tsx";
import { TypeForm as Form } from "../../../station-types/type-form.tsx";
import { useText } from "../../../strings/language.ts";

/** Adds the type that a newcomer says it is, here or on a page of its own. */
export function TypeForm({
  vendor,
  model,
  onDone,
}: {
  readonly vendor: string;
  readonly model: string;
  readonly onDone: () => void;
}): ReactNode {
  const t = useText();
  return (
    <Stack gap="sm" maw={860}>
      <Text size="sm">
        {t("newcomer.typeHow", { type: `${vendor} ${model}` })}{" "}
        <PageLink page="newStationType" search={{ vendor, model }}>
          {t("newcomer.typePage")}
        </PageLink>
      </Text>
      <Form vendor={vendor} model={model} action={t("newcomer.typeAdd")} onSaved={onDone} />
    </Stack>
  );
}
