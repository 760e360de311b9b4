import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { mantineStyles } from "./bundling/mantine-styles.ts";
import { preloadDoor } from "./bundling/preload-door.ts";

/** A Motown that runs, for `npx vite console` while somebody works on the console. */
const server = process.env.MOTOWN_API ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react(), mantineStyles(), preloadDoor("/src/app/app.tsx")],
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
