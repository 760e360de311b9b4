import { Code, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Facts } from "../../parts/facts.tsx";
import { Moment } from "../../parts/moment.tsx";
import { PageLink } from "../../parts/page-link.tsx";
import type { StationType } from "../../station-types/drafts.ts";
import { useText } from "../../strings/language.ts";

/** What is known of a type, beside its EVSEs. */
export function TypeFacts({ type }: { readonly type: StationType }): ReactNode {
  const t = useText();
  const { vendor, model, typeKey, stations, evses, revision, definedAt, configuration } = type;
  return (
    <Facts
      title={t("types.facts")}
      facts={[
        { title: "types.vendor", value: vendor },
        { title: "types.model", value: model },
        {
          title: "types.stations",
          value:
            stations === 0 ? (
              t("types.noStation")
            ) : (
              <PageLink page="stations" search={{ typeKey }}>
                {t("types.stationCount", { count: stations })}
              </PageLink>
            ),
        },
        { title: "types.evses", value: evses.length },
        { title: "types.revision", value: revision },
        { title: "types.definedAt", value: <Moment at={definedAt} /> },
        {
          title: "types.settings",
          value: configuration === undefined ? undefined : <Settings settings={configuration} />,
        },
      ]}
    />
  );
}

function Settings({
  settings,
}: {
  readonly settings: Readonly<Record<string, string>>;
}): ReactNode {
  return (
    <Stack gap={2}>
      {Object.entries(settings).map(([key, value]) => (
        <Text key={key} size="sm" style={{ overflowWrap: "anywhere" }}>
          {key} <Code color="var(--motown-row)">{value === "" ? "–" : value}</Code>
        </Text>
      ))}
    </Stack>
  );
}
