import { Alert, Card, Group, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { useAddress } from "../../app/use-address.ts";
import { PageHead } from "../../parts/page-head.tsx";
import { linkTo, PageLink } from "../../parts/page-link.tsx";
import { TypeForm } from "../../station-types/type-form.tsx";
import { useText } from "../../strings/language.ts";

/** So long after the last letter is the server asked. */
const typingMs = 300;

/** Adds a type; the address may name it, as the link from a station that waits for it does. */
export function NewStationTypePage(): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const { search } = useAddress();
  const [vendor, setVendor] = useState(search.vendor ?? "");
  const [model, setModel] = useState(search.model ?? "");
  const named = { vendor: vendor.trim(), model: model.trim() };
  const isNamed = named.vendor !== "" && named.model !== "";
  const { isKnown, waiting } = useKnowledgeOf(named);
  const isTwin = isKnown && isNamed;
  return (
    <>
      <PageHead title={t("types.new")} />
      <Card withBorder padding="sm" maw={860}>
        <Stack gap="sm">
          <Group gap="sm" align="flex-start">
            <TextInput
              label={t("types.vendor")}
              required
              autoComplete="off"
              value={vendor}
              onChange={(event) => setVendor(event.currentTarget.value)}
            />
            <TextInput
              label={t("types.model")}
              required
              autoComplete="off"
              value={model}
              onChange={(event) => setModel(event.currentTarget.value)}
            />
          </Group>
          {isTwin && (
            <Alert p="xs" color="orange">
              {t("types.twin")}{" "}
              <PageLink page="stationType" params={named}>
                {t("types.show")}
              </PageLink>
            </Alert>
          )}
          {/* On the way to a longer name one may come by another's: nothing written is lost. */}
          <div hidden={isTwin}>
            <TypeForm
              {...named}
              isNamed={isNamed && !isTwin}
              action={t("types.add")}
              consequence={
                waiting > 0 ? t("types.addMeans", { count: waiting }) : t("types.addMeansLater")
              }
              onSaved={() => void navigate(linkTo({ page: "stationType", params: named }) as never)}
            />
          </div>
        </Stack>
      </Card>
    </>
  );
}

/** Whether there is such a type already, and how many stations wait for it. */
function useKnowledgeOf(named: { readonly vendor: string; readonly model: string }) {
  const [vendor] = useDebouncedValue(named.vendor, typingMs);
  const [model] = useDebouncedValue(named.model, typingMs);
  const enabled = vendor !== "" && model !== "";
  const type = useAnswer(
    "getStationTypesByVendorByModel",
    { params: { vendor, model } },
    { enabled },
  );
  const unknown = useAnswer("getUnknownTypes", { query: { vendor, model, limit: 1 } }, { enabled });
  const [found] = unknown.data?.items ?? [];
  const isOfThis = found?.vendor === vendor && found.model === model;
  return { isKnown: type.data !== undefined, waiting: isOfThis ? (found?.stationCount ?? 0) : 0 };
}
