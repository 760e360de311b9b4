import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type Rolldown } from "vite";

/** A Motown that runs, for `npx vite console` while somebody works on the console. */
const server = process.env.MOTOWN_API ?? "http://localhost:8080";

/** What is shown first, whoever comes: the door. */
const door = "/src/app/app.tsx";

/**
 * The page itself names the scripts and styles of the door: on a slow network they would come a
 * round trip later if the entry asked for them.
 */
function preloadDoor(): Plugin {
  return {
    name: "motown-preload-door",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) => {
        const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
        const first = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(door));
        const needed = new Set<Rolldown.OutputChunk>();
        const need = (chunk: Rolldown.OutputChunk | undefined): void => {
          if (chunk === undefined || needed.has(chunk)) return;
          needed.add(chunk);
          for (const name of chunk.imports) need(chunks.find((one) => one.fileName === name));
        };
        need(first);
        const scripts = [...needed].map(({ fileName }) => fileName);
        const styles = [...needed].flatMap(({ viteMetadata }) => [
          ...(viteMetadata?.importedCss ?? []),
        ]);
        return [
          ...styles.map((name) => link({ rel: "stylesheet", crossorigin: true, href: `/${name}` })),
          ...scripts.map((name) =>
            link({ rel: "modulepreload", crossorigin: true, href: `/${name}` }),
          ),
        ];
      },
    },
  };
}

function link(attrs: Record<string, string | boolean>) {
  return { tag: "link", attrs, injectTo: "head" as const };
}

export default defineConfig({
  plugins: [react(), preloadDoor()],
  build: {
    outDir: "dist",
    // Who needs what: the budget of the first view is counted by it.
    manifest: "chunks.json",
    // Scripts from elsewhere are forbidden by the server's policy, inline ones too.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
  },
  server: { proxy: { "/api": server, "/openapi.json": server, "/docs": server } },
});
