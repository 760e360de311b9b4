import { Card, Grid, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { refusalOf } from "../../api/problem.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { usePageParams } from "../../app/use-address.ts";
import { Asked } from "../../parts/asked.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import type { StationType } from "../../station-types/drafts.ts";
import { TypeForm } from "../../station-types/type-form.tsx";
import { useText } from "../../strings/language.ts";
import { EvseTable } from "./evse-table.tsx";
import { Offers } from "./offers.tsx";
import { RemoveType } from "./remove-type.tsx";
import { TypeFacts } from "./type-facts.tsx";

/** One type: what its stations consist of, how many there are, and how it is changed. */
export function StationTypePage(): ReactNode {
  const named = usePageParams("stationType");
  const [isChanging, setChanging] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const t = useText();
  const asked = useAnswer("getStationTypesByVendorByModel", { params: named });
  const name = `${named.vendor} ${named.model}`;
  if (asked.isError && refusalOf(asked.error).code === "TypeNotFound") {
    return <NotThere {...named} />;
  }
  return (
    <>
      <PageHead
        title={name}
        actions={
          asked.data !== undefined &&
          !isChanging && (
            <>
              <ActButton
                may={{ operation: "putStationTypesByVendorByModel" }}
                onGo={() => setChanging(true)}
              >
                {t("types.change")}
              </ActButton>
              <ActButton
                may={{ operation: "deleteStationTypesByVendorByModel" }}
                variant="default"
                onGo={() => setRemoving(true)}
              >
                {t("types.remove")}
              </ActButton>
            </>
          )
        }
      />
      <Asked of={asked}>
        {(type) =>
          isChanging ? (
            <Change type={type} onClose={() => setChanging(false)} />
          ) : (
            <Shown type={type} />
          )
        }
      </Asked>
      {isRemoving && asked.data !== undefined && (
        <RemoveType type={asked.data} onClose={() => setRemoving(false)} />
      )}
    </>
  );
}

function Shown({ type }: { readonly type: StationType }): ReactNode {
  return (
    <Stack gap="sm">
      <Grid gap="sm">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <TypeFacts type={type} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <EvseTable type={type} />
        </Grid.Col>
      </Grid>
      <Offers type={type} />
    </Stack>
  );
}

function Change({
  type,
  onClose,
}: {
  readonly type: StationType;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const { vendor, model, stations } = type;
  return (
    <Card withBorder padding="sm" maw={860}>
      <TypeForm
        vendor={vendor}
        model={model}
        known={type}
        action={t("types.save")}
        consequence={t("types.changeMeans", { count: stations })}
        onSaved={onClose}
        onCancel={onClose}
      />
    </Card>
  );
}

function NotThere(named: { readonly vendor: string; readonly model: string }): ReactNode {
  const t = useText();
  return (
    <>
      <PageHead title={`${named.vendor} ${named.model}`} />
      <Group gap="xs" data-problem="TypeNotFound">
        <Text size="sm">{t("types.notThere")}</Text>
        <Text size="sm">
          <PageLink page="newStationType" search={{ ...named }}>
            {t("types.add")}
          </PageLink>
        </Text>
      </Group>
    </>
  );
}
