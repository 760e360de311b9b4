import { Button, Fieldset, Group, NumberInput, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../parts/icon.tsx";
import { useText } from "../strings/language.ts";
import { ConnectorFields } from "./connector-fields.tsx";
import { type EvseDraft, withNextConnector, withNextEvse } from "./drafts.ts";
import type { WrongAt } from "./wrong-at.ts";

/** The EVSEs of a type, each with its connectors. */
export function EvseFields(given: {
  readonly evses: readonly EvseDraft[];
  readonly wrongAt: WrongAt;
  readonly onChange: (evses: readonly EvseDraft[]) => void;
}): ReactNode {
  const { evses, wrongAt, onChange } = given;
  const t = useText();
  const wrong = wrongAt("/evses");
  return (
    <Stack gap="sm">
      {evses.map((evse, at) => (
        <OneEvse
          // biome-ignore lint/suspicious/noArrayIndexKey: its number is being typed
          key={at}
          evse={evse}
          isOnly={evses.length === 1}
          wrongAt={(path) => wrongAt(`/evses/${at}${path}`)}
          onChange={(next) => onChange(evses.with(at, next))}
          onRemove={() => onChange(evses.filter((_one, other) => other !== at))}
        />
      ))}
      {wrong !== undefined && (
        <Text size="xs" c="red">
          {wrong}
        </Text>
      )}
      <Group>
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange(withNextEvse(evses))}
        >
          {t("types.addEvse")}
        </Button>
      </Group>
    </Stack>
  );
}

function OneEvse(given: {
  readonly evse: EvseDraft;
  readonly isOnly: boolean;
  readonly wrongAt: WrongAt;
  readonly onChange: (evse: EvseDraft) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { evse, isOnly, wrongAt, onChange, onRemove } = given;
  const { evseId, connectors } = evse;
  const t = useText();
  const wrong = wrongAt("/evseId");
  return (
    <Fieldset legend={t("types.evse", { number: evseId === "" ? "–" : evseId })} p="sm">
      <Stack gap="sm">
        <Group gap="sm" align="flex-end" justify="space-between">
          <NumberInput
            label={t("types.number")}
            w={110}
            hideControls
            allowDecimal={false}
            value={evseId}
            onChange={(next) => onChange({ ...evse, evseId: next })}
            {...(wrong === undefined ? {} : { error: wrong })}
          />
          {!isOnly && (
            <Button variant="subtle" color="gray" onClick={onRemove}>
              {t("types.removeEvse", { number: evseId })}
            </Button>
          )}
        </Group>
        {connectors.map((connector, at) => (
          <ConnectorFields
            // biome-ignore lint/suspicious/noArrayIndexKey: its number is being typed
            key={at}
            connector={connector}
            isOnly={connectors.length === 1}
            wrongAt={(path) => wrongAt(`/connectors/${at}${path}`)}
            onChange={(next) => onChange({ ...evse, connectors: connectors.with(at, next) })}
            onRemove={() => {
              const left = connectors.filter((_one, other) => other !== at);
              onChange({ ...evse, connectors: left });
            }}
          />
        ))}
        <Group>
          <Button
            variant="subtle"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => onChange(withNextConnector(evse))}
          >
            {t("types.addConnector")}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
