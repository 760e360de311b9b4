import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { refusalOf } from "../api/problem.ts";
import { Icon } from "../parts/icon.tsx";
import { showRefusal } from "../parts/toasts/toasts.ts";
import { useSession, useSignOut } from "../session/session.ts";
import {
  chooseLanguage,
  type Language,
  languages,
  useLanguage,
  useText,
} from "../strings/language.ts";
import { pages } from "./pages.ts";

const notOut = { onError: (error: unknown) => showRefusal(refusalOf(error)) };

/** Who is signed in, the language, and the way out. */
export function UserMenu(): ReactNode {
  const t = useText();
  const { data } = useSession();
  const signOut = useSignOut();
  const spoken = useLanguage();
  const account = t("shell.account", { user: data?.signedIn === true ? data.user : "" });
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={account}>
          <Icon name="user" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{account}</Menu.Label>
        <Menu.Item component={Link} {...({ to: pages.password.path } as object)}>
          {t("shell.password")}
        </Menu.Item>
        <Menu.Item component="a" href="/docs" target="_blank" rel="noreferrer">
          {t("shell.documents")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("shell.language")}</Menu.Label>
        {(Object.keys(languages) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            aria-current={language === spoken}
            leftSection={<Icon name={language === spoken ? "check" : "none"} />}
            onClick={() => void chooseLanguage(language)}
          >
            {languages[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate(undefined, notOut)}>
          {t("shell.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
