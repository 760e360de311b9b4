import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useAct } from "../../api/use-act.ts";
import { pages } from "../../app/pages.ts";
import { Sure } from "../../parts/dialogs/sure.tsx";
import type { StationType } from "../../station-types/drafts.ts";
import { useText } from "../../strings/language.ts";

/** Takes a type out of the catalogue, and says first what that means for its stations. */
export function RemoveType({
  type: { vendor, model, stations },
  onClose,
}: {
  readonly type: StationType;
  readonly onClose: () => void;
}): ReactNode {
  const t = useText();
  const navigate = useNavigate();
  const type = `${vendor} ${model}`;
  const operation = "deleteStationTypesByVendorByModel";
  const remove = useAct(operation, {
    done: t("types.removed", { type }),
    afterwards: () => void navigate({ to: pages.stationTypes.path }),
  });
  return (
    <Sure
      title={t("types.removeSure", { type })}
      consequence={t("types.removeMeans", { count: stations })}
      action={t("types.remove")}
      may={{ operation }}
      isBusy={remove.isPending}
      onClose={onClose}
      onGo={() => remove.mutate({ params: { vendor, model } })}
    />
  );
}
