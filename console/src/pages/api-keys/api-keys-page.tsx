import { type ReactNode, useState } from "react";
import { ShownOnce } from "../../access/shown-once.tsx";
import type { Answer } from "../../api/call.ts";
import { Icon } from "../../parts/icon.tsx";
import { type Filter, FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { type ApiKey, apiKeyColumns } from "./api-key-columns.tsx";
import { NewApiKey } from "./new-api-key.tsx";

const filters: readonly Filter[] = [
  {
    name: "revoked",
    title: "access.state",
    choices: { false: "access.notRevoked", true: "access.revoked" },
  },
];

/** Keys for programs. */
export function ApiKeysPage(): ReactNode {
  const t = useText();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<Answer<"postApiKeys">>();
  return (
    <>
      <PageHead
        title={t("access.apiKeys")}
        actions={
          <ActButton
            may={{ operation: "postApiKeys" }}
            leftSection={<Icon name="plus" size={14} />}
            onGo={() => setMaking(true)}
          >
            {t("access.newKey")}
          </ActButton>
        }
      />
      <FilterBar filters={filters} searchFor="access.searchKeys" />
      <PagedList<ApiKey>
        operation="getApiKeys"
        filters={["revoked", "administrator"]}
        columns={apiKeyColumns}
        keyOf={({ apiKeyId }) => apiKeyId}
        order="-createdAt"
        label={t("access.apiKeys")}
        isStackedOnPhone
      />
      {isMaking && (
        <NewApiKey
          onClose={() => setMaking(false)}
          onMade={(answer) => {
            setMaking(false);
            setMade(answer);
          }}
        />
      )}
      {made !== undefined && (
        <ShownOnce
          title={t("access.keyMade")}
          secret={made.apiKey}
          explanation={t("access.keyUse")}
          onClose={() => setMade(undefined)}
        />
      )}
    </>
  );
}
