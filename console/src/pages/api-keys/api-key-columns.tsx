import { type ReactNode, useState } from "react";
import { RightsWords } from "../../access/rights-words.tsx";
import type { Item } from "../../api/call.ts";
import { useAct } from "../../api/use-act.ts";
import { actorText } from "../../parts/actor.ts";
import { Sure } from "../../parts/dialogs/sure.tsx";
import type { Column } from "../../parts/list/columns.ts";
import { Moment, useNow } from "../../parts/moment.tsx";
import { Word } from "../../parts/word.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";

/** A key as the list shows it. */
export type ApiKey = Item<"getApiKeys">;

/** Columns of the list of keys. */
export const apiKeyColumns: readonly Column<ApiKey>[] = [
  {
    id: "name",
    title: "access.name",
    width: "minmax(130px, 1.3fr)",
    order: "name",
    cell: ({ name }) => name,
  },
  {
    id: "state",
    title: "access.state",
    width: "minmax(110px, 0.8fr)",
    cell: (key) => <StateCell apiKey={key} />,
  },
  {
    id: "rights",
    title: "access.rights",
    width: "minmax(140px, 1.4fr)",
    cell: (key) => <RightsWords {...key} />,
  },
  {
    id: "by",
    title: "access.madeBy",
    width: "minmax(110px, 0.9fr)",
    phone: "hidden",
    cell: ({ createdBy }) => actorText(createdBy),
  },
  {
    id: "createdAt",
    title: "access.madeAt",
    width: "120px",
    order: "createdAt",
    phone: "hidden",
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
  {
    id: "expiresAt",
    title: "access.expiresAt",
    width: "120px",
    phone: "hidden",
    cell: ({ expiresAt }) => <Moment at={expiresAt} />,
  },
  {
    id: "revoke",
    title: "access.doIt",
    width: "100px",
    align: "right",
    cell: (key) => <Revoke apiKey={key} />,
  },
];

function StateCell({ apiKey }: { readonly apiKey: ApiKey }): ReactNode {
  const t = useText();
  const now = useNow();
  const { revoked, revokedAt, expiresAt } = apiKey;
  if (revoked) {
    return (
      <span title={revokedAt}>
        <Word color="gray.6">{t("access.revoked")}</Word>
      </span>
    );
  }
  if (expiresAt !== undefined && new Date(expiresAt) <= now) {
    return <Word color="orange">{t("access.expired")}</Word>;
  }
  return <Word color="green">{t("access.inForce")}</Word>;
}

const mayRevoke = { operation: "deleteApiKeysByApiKeyId" } as const;

function Revoke({ apiKey }: { readonly apiKey: ApiKey }): ReactNode {
  const t = useText();
  const [isAsking, setAsking] = useState(false);
  const { apiKeyId, name, revoked } = apiKey;
  const revoke = useAct("deleteApiKeysByApiKeyId", { done: t("access.keyRevoked", { name }) });
  if (revoked) return "";
  return (
    <>
      <ActButton
        may={mayRevoke}
        variant="default"
        size="compact-xs"
        aria-label={t("access.revokeKey", { name })}
        onGo={() => setAsking(true)}
      >
        {t("access.revoke")}
      </ActButton>
      {isAsking && (
        <Sure
          title={t("access.revokeSure", { name })}
          consequence={t("access.revokeMeans")}
          action={t("access.revoke")}
          may={mayRevoke}
          onClose={() => setAsking(false)}
          onGo={() => {
            setAsking(false);
            revoke.mutate({ params: { apiKeyId } });
          }}
        />
      )}
    </>
  );
}
