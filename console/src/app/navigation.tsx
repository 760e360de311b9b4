import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../parts/icon.tsx";
import { useMaySee } from "../rights/use-may.ts";
import { useText } from "../strings/language.ts";
import { type MenuSection, menuSections, type PageName, pageRow, pages } from "./pages.ts";
import classes from "./shell.module.css";

/** The menu: the pages of the table that have a place in it. */
export function Navigation(): ReactNode {
  const t = useText();
  const maySee = useMaySee();
  const sections = Object.keys(menuSections) as MenuSection[];
  return sections.map((section) => {
    const names = pagesOf(section).filter((name) => maySee(pageRow(name).shows));
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

function pagesOf(section: MenuSection): readonly PageName[] {
  const names = Object.keys(pages) as PageName[];
  return names.filter((name) => pageRow(name).menu?.section === section);
}
