import { type ReactNode, useState } from "react";
import { Icon } from "../../parts/icon.tsx";
import { type Filter, FilterBar } from "../../parts/list/filter-bar.tsx";
import { PagedList } from "../../parts/list/paged-list.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { ActButton } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { type Token, tokenColumns } from "./token-columns.tsx";
import { TokenFinder } from "./token-finder.tsx";
import { TokenForm } from "./token-form.tsx";
import { tokenStatuses } from "./token-words.tsx";

const filters: readonly Filter[] = [
  { name: "status", title: "tokens.status", choices: tokenStatuses },
];

/** What the finders put into the address. */
const found = ["tokenRef", "groupTokenRef"];

const maySet = { operation: "putTokensByUid" } as const;

/** The tokens of our own: who may charge. */
export function TokensPage(): ReactNode {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageHead
        title={t("tokens.title")}
        actions={
          <>
            <ActButton may={maySet} to={{ page: "tokenImport" }} variant="default">
              {t("tokens.importMany")}
            </ActButton>
            <ActButton
              may={maySet}
              leftSection={<Icon name="plus" size={14} />}
              onGo={() => setAdding(true)}
            >
              {t("tokens.new")}
            </ActButton>
          </>
        }
      />
      <FilterBar filters={filters} further={found}>
        <TokenFinder name="tokenRef" title={t("tokens.findToken")} />
        <TokenFinder name="groupTokenRef" title={t("tokens.findGroup")} />
      </FilterBar>
      <PagedList<Token>
        operation="getTokens"
        filters={["status", ...found]}
        columns={tokenColumns}
        keyOf={({ tokenRef }) => tokenRef}
        target={({ tokenRef }) => ({ page: "token", params: { tokenRef } })}
        order="-createdAt"
        label={t("tokens.title")}
      />
      {isAdding && <TokenForm onClose={() => setAdding(false)} />}
    </>
  );
}
