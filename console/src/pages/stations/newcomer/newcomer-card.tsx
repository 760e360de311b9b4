import { Button, Card, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { Answer } from "../../../api/call.ts";
import { useAct } from "../../../api/use-act.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { ConnectionWord } from "../../../parts/connection-word.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { PageLink } from "../../../parts/page-link.tsx";
import { StationAction } from "../../../requests/station-action.tsx";
import { useStationRequest } from "../../../requests/use-station-request.ts";
import { useText } from "../../../strings/language.ts";
import classes from "./newcomer.module.css";
import { nextStep, type StepName, stepNames, stepsDone } from "./steps.ts";
import { TypeForm } from "./type-form.tsx";

type Station = Answer<"getChargingStationsByStationId">;

/** Sockets come without an event. */
const everyMs = 5_000;

/** One station on its way into the network: what is done, and what is to be done now. */
export function NewcomerCard(given: {
  readonly stationId: string;
  /** Somebody has acted on it. */
  readonly onBegin: () => void;
  readonly onDone: () => void;
  readonly beside: ReactNode;
}): ReactNode {
  const { stationId, onBegin, onDone, beside } = given;
  const t = useText();
  const { data: station } = useAnswer(
    "getChargingStationsByStationId",
    { params: { stationId } },
    { everyMs },
  );
  const isTypeKnown = useIsTypeKnown(station);
  if (station === undefined) return null;
  const done = stepsDone(station, isTypeKnown);
  const next = nextStep(done);
  return (
    // What somebody writes here is a beginning, too: nobody else's act takes it away.
    <Card
      withBorder
      padding="sm"
      mb="sm"
      className={classes.card ?? ""}
      data-newcomer={stationId}
      onChange={onBegin}
    >
      <Group gap="xs" mb="xs">
        <Title order={2}>{t("newcomer.title")}</Title>
        <Text size="sm">
          <PageLink page="station" params={{ stationId }}>
            {stationId}
          </PageLink>
        </Text>
        <Text size="xs" c="dimmed">
          {[station.vendor, station.model].filter(Boolean).join(" ")}
        </Text>
        <ConnectionWord connection={station.connection} />
        <Group ml="auto">{beside}</Group>
      </Group>
      <ol className={classes.steps}>
        {stepNames.map((name) => (
          <li
            key={name}
            data-step={name}
            data-done={done[name] || undefined}
            aria-current={name === next ? "step" : undefined}
          >
            <span className={classes.mark}>
              {done[name] ? <Icon name="check" size={12} /> : stepNames.indexOf(name) + 1}
            </span>
            {t(`newcomer.step.${name}`)}
          </li>
        ))}
      </ol>
      {next === undefined ? (
        <Group gap="xs">
          <Text size="sm">{t("newcomer.in")}</Text>
          <Button variant="default" onClick={onDone}>
            {t("shell.close")}
          </Button>
        </Group>
      ) : (
        <Step name={next} station={station} onBegin={onBegin} />
      )}
    </Card>
  );
}

function useIsTypeKnown(station: Station | undefined): boolean {
  const { vendor = "", model = "" } = station ?? {};
  const type = useAnswer(
    "getStationTypesByVendorByModel",
    { params: { vendor, model } },
    { enabled: vendor !== "" && model !== "" },
  );
  return type.data !== undefined;
}

/** What is to be done at a step, or waited for. */
function Step(given: {
  readonly name: StepName;
  readonly station: Station;
  readonly onBegin: () => void;
}): ReactNode {
  const { name, station, onBegin } = given;
  const t = useText();
  const { stationId, vendor, model } = station;
  const done = t("station.acceptDone", { station: stationId });
  const decide = useAct("postChargingStationsByStationIdCommands", { done });
  if (name === "type" && vendor !== undefined && model !== undefined) {
    return <TypeForm vendor={vendor} model={model} onDone={onBegin} />;
  }
  return (
    <Group gap="sm">
      <Text size="sm">{t(name === "type" ? "newcomer.noModel" : `newcomer.how.${name}`)}</Text>
      {name === "accept" && (
        <StationAction
          stationId={stationId}
          operation="postChargingStationsByStationIdCommands"
          says={{ type: "AcceptChargingStation" }}
          variant="filled"
          loading={decide.isPending}
          onGo={() =>
            decide.mutate(
              { params: { stationId }, body: { type: "AcceptChargingStation" } },
              { onSuccess: onBegin },
            )
          }
        >
          {t("station.accept")}
        </StationAction>
      )}
      {name === "boot" && <Reboot stationId={stationId} />}
    </Group>
  );
}

function Reboot({ stationId }: { readonly stationId: string }): ReactNode {
  const t = useText();
  const ask = useStationRequest(stationId);
  return (
    <StationAction
      stationId={stationId}
      says={{ type: "RequestReset", kind: "soft" }}
      loading={ask.isPending}
      onGo={() => ask.mutate({ type: "RequestReset", kind: "soft" })}
    >
      {t("configuration.reboot")}
    </StationAction>
  );
}
