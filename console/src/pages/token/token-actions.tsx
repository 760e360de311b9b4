import { Button, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useAct } from "../../api/use-act.ts";
import { pages } from "../../app/pages.ts";
import { Sure } from "../../parts/dialogs/sure.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ActButton, ActItem } from "../../rights/act-button.tsx";
import { useText } from "../../strings/language.ts";
import { withStatus } from "../tokens/fields.ts";
import type { Token } from "../tokens/token-columns.tsx";
import { TokenForm } from "../tokens/token-form.tsx";

const maySet = { operation: "putTokensByUid" } as const;

function mayForget(erase: boolean) {
  return { operation: "deleteTokensByUid", says: { erase } } as const;
}

/** What can be done with a token: change it, block it, forget it. */
export function TokenActions({ token }: { readonly token: Token }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState<"form" | "block" | "remove" | "erase">();
  const close = () => setOpen(undefined);
  // Erased in another window: what has no value cannot be named any more.
  if (token.identifyingToken === undefined) return null;
  const isBlocked = token.status === "blocked";
  return (
    <>
      {isBlocked ? (
        <Unblock token={token} uid={token.identifyingToken} />
      ) : (
        <ActButton may={maySet} variant="default" onGo={() => setOpen("block")}>
          {t("tokens.block")}
        </ActButton>
      )}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button rightSection={<Icon name="down" size={12} />}>{t("tokens.change")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ActItem may={maySet} onGo={() => setOpen("form")}>
            {t("tokens.changeOne")}
          </ActItem>
          <Menu.Divider />
          <ActItem may={mayForget(false)} color="red" onGo={() => setOpen("remove")}>
            {t("tokens.remove")}
          </ActItem>
          <ActItem may={mayForget(true)} color="red" onGo={() => setOpen("erase")}>
            {t("tokens.erase")}
          </ActItem>
        </Menu.Dropdown>
      </Menu>
      {open === "form" && <TokenForm token={token} onClose={close} />}
      {open === "block" && <Block token={token} uid={token.identifyingToken} onClose={close} />}
      {open === "remove" && <Forget uid={token.identifyingToken} onClose={close} />}
      {open === "erase" && <Forget uid={token.identifyingToken} isErasing onClose={close} />}
    </>
  );
}

interface Named {
  readonly token: Token;
  readonly uid: string;
}

/** All that it may stays as it was, for the day when it may charge again. */
function useStatus({ token, uid }: Named, status: Token["status"], done: string) {
  const act = useAct("putTokensByUid", { done });
  const body = withStatus(token, status);
  return { isPending: act.isPending, go: () => act.mutate({ params: { uid }, body }) };
}

function Unblock(named: Named): ReactNode {
  const t = useText();
  const { isPending, go } = useStatus(named, "accepted", t("tokens.unblocked"));
  return (
    <ActButton may={maySet} variant="default" loading={isPending} onGo={go}>
      {t("tokens.unblock")}
    </ActButton>
  );
}

function Block({ onClose, ...named }: Named & { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const { isPending, go } = useStatus(named, "blocked", t("tokens.blockedNow"));
  const count = named.token.activeTransactions;
  const runs = count > 0 ? [t("tokens.blockRuns", { count })] : [];
  return (
    <Sure
      title={t("tokens.blockSure")}
      consequence={[t("tokens.blockMeans"), ...runs].join(" ")}
      action={t("tokens.block")}
      may={maySet}
      isBusy={isPending}
      onClose={onClose}
      onGo={() => {
        onClose();
        go();
      }}
    />
  );
}

function Forget(given: {
  readonly uid: string;
  readonly isErasing?: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { uid, isErasing = false, onClose } = given;
  const t = useText();
  const navigate = useNavigate();
  const act = useAct("deleteTokensByUid", {
    done: t(isErasing ? "tokens.erased" : "tokens.removed"),
    afterwards: () => void navigate({ to: pages.tokens.path }),
  });
  return (
    <Sure
      title={t(isErasing ? "tokens.eraseSure" : "tokens.removeSure")}
      consequence={t(isErasing ? "tokens.eraseMeans" : "tokens.removeMeans")}
      action={t(isErasing ? "tokens.erase" : "tokens.remove")}
      may={mayForget(isErasing)}
      isBusy={act.isPending}
      onClose={onClose}
      onGo={() => act.mutate({ params: { uid }, query: { erase: isErasing } })}
    />
  );
}
