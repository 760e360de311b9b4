import { ActionIcon, AppShell, Burger, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet, useLocation, useRouterState } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { LiveSign, StaleBanner } from "../live/live-sign.tsx";
import { useLive } from "../live/use-live.ts";
import { Icon } from "../parts/icon.tsx";
import { useText } from "../strings/language.ts";
import { useColours } from "./colours.ts";
import { Navigation } from "./navigation.tsx";
import classes from "./shell.module.css";
import { shellLayout } from "./shell-layout.ts";

const { header, navbar, padding, brand } = shellLayout;
const UserMenu = lazy(async () => ({ default: (await import("./user-menu.tsx")).UserMenu }));

/** What surrounds every page: the menu, who is signed in, whether it is live. */
export function Shell(): ReactNode {
  useLive();
  const t = useText();
  const [isOpen, menu] = useDisclosure();
  const { pathname } = useLocation();
  const { close } = menu;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the phone's menu
  useEffect(close, [pathname]);
  useFocusOnPage();
  return (
    <AppShell
      header={header}
      navbar={{ ...navbar, collapsed: { mobile: !isOpen } }}
      padding={padding}
      classNames={{
        root: classes.root,
        header: classes.bar,
        navbar: `${classes.bar} ${classes.menu}`,
      }}
    >
      <a href="#content" className={classes.skip}>
        {t("shell.skip")}
      </a>
      <AppShell.Header px="sm">
        <Group h="100%" gap="sm" wrap="nowrap">
          <Burger
            opened={isOpen}
            onClick={menu.toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t("shell.menu")}
            aria-expanded={isOpen}
          />
          <Icon name="brand" size={brand.icon} />
          <Text {...brand.text}>Motown</Text>
          <Group gap="xs" ml="auto" wrap="nowrap">
            <LiveSign />
            <ColourSwitch />
            <Suspense fallback={<UserMark />}>
              <UserMenu />
            </Suspense>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t("shell.menu")} mod={{ open: isOpen }}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <StaleBanner />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** Another page begins with its content, for whoever goes on by keyboard or hears it. */
function useFocusOnPage(): void {
  // Before it is resolved, the page that is left is still there, with the link that was followed.
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const last = useRef(pathname);
  useEffect(() => {
    const before = last.current;
    last.current = pathname;
    if (before === undefined || pathname === before) return;
    const content = document.getElementById("content");
    // A page may have a field of its own where one begins.
    if (content?.contains(document.activeElement) === true) return;
    content?.focus({ preventScroll: true });
  }, [pathname]);
}

/** In its place until it is there: what opens by a click is not needed to see a page. */
function UserMark(): ReactNode {
  return (
    <ActionIcon component="span" variant="subtle" color="gray" aria-hidden>
      <Icon name="user" />
    </ActionIcon>
  );
}

function ColourSwitch(): ReactNode {
  const t = useText();
  const { isDark, change } = useColours();
  const label = isDark ? t("shell.light") : t("shell.dark");
  return (
    <ActionIcon variant="subtle" color="gray" onClick={change} aria-label={label} title={label}>
      <Icon name={isDark ? "sun" : "moon"} />
    </ActionIcon>
  );
}
