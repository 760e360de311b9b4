import type { Plugin, Rolldown } from "vite";

type Chunk = Rolldown.OutputChunk;

/**
 * The page itself names the scripts and styles of what is shown first, whoever comes: on a slow
 * network they would come a round trip later if the entry asked for them.
 */
export function preloadDoor(source: string): Plugin {
  return {
    name: "motown-preload-door",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
        const door = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(source));
        if (door === undefined) throw new Error(`${source} is not in the bundle`);
        const needed = withImports(door, chunks);
        const styles = new Set(
          needed.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]),
        );
        return [
          ...[...styles].map((name) => link("stylesheet", name)),
          ...needed.map(({ fileName }) => link("modulepreload", fileName)),
        ];
      },
    },
  };
}

/** A chunk with all that it cannot do without, its needs first: so their styles are, too. */
function withImports(chunk: Chunk, all: readonly Chunk[]): readonly Chunk[] {
  const known = new Set<Chunk>();
  const ordered: Chunk[] = [];
  const add = (one: Chunk): void => {
    if (known.has(one)) return;
    known.add(one);
    for (const name of one.imports) {
      const imported = all.find(({ fileName }) => fileName === name);
      if (imported !== undefined) add(imported);
    }
    ordered.push(one);
  };
  add(chunk);
  return ordered;
}

function link(rel: string, name: string) {
  return {
    tag: "link",
    attrs: { rel, crossorigin: true, href: `/${name}` },
    injectTo: "head" as const,
  };
}
