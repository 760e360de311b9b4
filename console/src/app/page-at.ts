import { type PageName, pages } from "./pages.ts";

/** The page of an address, as the router will find it. */
export function pageAt(pathname: string): PageName | undefined {
  const wanted = partsOf(pathname);
  const fits = (name: PageName) => {
    const parts = partsOf(pages[name].path);
    const isSame = (part: string, at: number) => part.startsWith("$") || part === wanted[at];
    return parts.length === wanted.length && parts.every(isSame);
  };
  return (Object.keys(pages) as PageName[]).find(fits);
}

function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}
