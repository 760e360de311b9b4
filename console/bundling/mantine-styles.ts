import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";

const all = "@mantine/core/styles.css";
const base = "\0motown-mantine-base";
/** What holds for every component, in their order. */
const baseStyles = ["baseline", "default-css-variables", "global"];
/** A component's class names: it is used where they are. */
const ofComponent = /\/@mantine\/core\/esm\/components\/.*\/(\w+)\.module\.mjs$/;

/**
 * Each component brings its own styles, so that a page is loaded with those that it needs and no
 * others: two thirds of the library's are of components that nobody uses here.
 */
export function mantineStyles(): Plugin {
  return {
    name: "motown-mantine-styles",
    apply: "build",
    enforce: "pre",
    resolveId: (id) => (id === all ? base : undefined),
    load: (id) => (id === base ? imported(baseStyles) : undefined),
    transform: (code, id) => {
      const name = ofComponent.exec(id)?.[1];
      if (name === undefined) return undefined;
      const folder = id.slice(0, id.indexOf("/esm/"));
      if (!existsSync(join(folder, "styles", `${name}.css`))) {
        throw new Error(`there are no styles of ${basename(id)}`);
      }
      return { code: `${imported([name])}${code}`, map: null };
    },
  };
}

function imported(names: readonly string[]): string {
  return names.map((name) => `import "@mantine/core/styles/${name}.css";\n`).join("");
}
