import { join } from "node:path";
import { type Plugin, type Rolldown, runnerImport } from "vite";
import type { FirstPaint } from "../src/app/first-paint.tsx";
import { stylesOf } from "./first-styles.ts";

const folder = join(import.meta.dirname, "..");

type Chunk = Rolldown.OutputChunk;

interface Parts {
  /** The module that draws what the pages show first. */
  readonly drawnBy: string;
  /** What is needed whatever is shown. */
  readonly door: string;
  /** What is needed by who is signed in. */
  readonly inside: string;
}

/**
 * The pages that the server sends. Each shows something without any other file, and names the
 * scripts and styles of what will be shown next: on a slow network they would come a round trip
 * later if the entry asked for them.
 */
export function firstPages({ drawnBy, door, inside }: Parts): Plugin {
  return {
    name: "motown-first-pages",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler: async function (_options, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("the build has no index.html");
        const template = String(page.source);
        const paints = await firstPaintsOf(join(folder, drawnBy));
        for (const paint of paints) {
          const wanted = paint.shown === "frame" ? [door, inside] : [door];
          const source = written(template, paint, neededBy(wanted, bundle));
          if (paint.file === "index.html") page.source = source;
          else this.emitFile({ type: "asset", fileName: paint.file, source });
        }
      },
    },
  };
}

/** Draws what the pages show, without a browser; what it looks like is in the bundle. */
async function firstPaintsOf(file: string): Promise<readonly FirstPaint[]> {
  const nothing = "\0motown-no-styles";
  const noStyles: Plugin = {
    name: "motown-no-styles",
    enforce: "pre",
    resolveId: (id) => (id.endsWith(".css") ? nothing : undefined),
    load: (id) => (id === nothing ? "export default {};" : undefined),
  };
  const { module } = await runnerImport<{ firstPaints: readonly FirstPaint[] }>(file, {
    ...{ configFile: false, root: folder, mode: "production", plugins: [noStyles] },
  });
  return module.firstPaints;
}

interface Needed {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  /** What the styles say. */
  readonly rules: string;
}

function written(template: string, paint: FirstPaint, { scripts, styles, rules }: Needed): string {
  const { language, shown, html, noScript } = paint;
  const without = `<noscript><p>${noScript}</p></noscript>`;
  const head = [
    `<style>${stylesOf(html, rules)}</style>`,
    ...styles.map((name) => link("preload", name, ' as="style"')),
    ...scripts.map((name) => link("modulepreload", name)),
  ];
  return [
    ['<html lang="en">', `<html lang="${language}" data-shown="${shown}">`],
    ["</head>", `${head.join("\n    ")}\n  </head>`],
    ['<div id="root"></div>', `${without}\n    <div id="root">${html}</div>`],
  ].reduce((page, [place = "", text = ""]) => {
    if (!page.includes(place)) throw new Error(`index.html has no ${place}`);
    return page.replace(place, () => text);
  }, template);
}

function link(rel: string, name: string, more = ""): string {
  return `<link rel="${rel}"${more} crossorigin href="/${name}">`;
}

/** The files of some modules, with all that these cannot do without; their needs first. */
function neededBy(modules: readonly string[], bundle: Rolldown.OutputBundle): Needed {
  const outputs = Object.values(bundle);
  const chunks = outputs.filter((one) => one.type === "chunk");
  const needed = new Set<Chunk>();
  const add = (one: Chunk | undefined): void => {
    if (one === undefined || needed.has(one)) return;
    for (const name of one.imports) add(chunks.find(({ fileName }) => fileName === name));
    needed.add(one);
  };
  for (const module of modules) {
    const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
    if (chunk === undefined) throw new Error(`${module} is not in the bundle`);
    add(chunk);
  }
  const styles = [
    ...new Set([...needed].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])])),
  ];
  const rules = styles.map((name) => {
    const file = bundle[name];
    if (file?.type !== "asset") throw new Error(`the build has no ${name}`);
    return String(file.source);
  });
  return { scripts: [...needed].map(({ fileName }) => fileName), styles, rules: rules.join("") };
}
