import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../parts/icon.tsx";
import { useSession } from "../session/session.ts";
import { useText } from "../strings/language.ts";
import { type MenuSection, menuSections, type PageName, pageRow, pages } from "./pages.ts";
import classes from "./shell.module.css";

/** The menu: the pages of the table that have a place in it. */
export function Navigation(): ReactNode {
  const t = useText();
  const isAdministrator = useIsAdministrator();
  const sections = Object.keys(menuSections) as MenuSection[];
  return sections.map((section) => {
    const names = pagesOf(section, isAdministrator);
    if (names.length === 0) return null;
    return (
      <section key={section} aria-label={t(menuSections[section])}>
        <div className={classes.section} aria-hidden>
          {t(menuSections[section])}
        </div>
        {names.map((name) => (
          <MenuLink key={name} name={name} />
        ))}
      </section>
    );
  });
}

function MenuLink({ name }: { readonly name: PageName }): ReactNode {
  const t = useText();
  const { path, title, menu } = pageRow(name);
  return (
    <Link to={path as string} className={classes.link} activeOptions={{ exact: path === "/" }}>
      {menu && <Icon name={menu.icon} />}
      {t(title as "overview.title")}
    </Link>
  );
}

function pagesOf(section: MenuSection, isAdministrator: boolean): readonly PageName[] {
  return (Object.keys(pages) as PageName[]).filter((name) => {
    const { menu, administratorsOnly = false } = pageRow(name);
    return menu?.section === section && (isAdministrator || !administratorsOnly);
  });
}

/** Whether the way to what is for administrators is worth showing. */
export function useIsAdministrator(): boolean {
  const { data } = useSession();
  return data?.signedIn === true && data.administrator;
}
