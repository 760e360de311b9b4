import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { firstPages } from "./bundling/first-pages.ts";
import { mantineStyles } from "./bundling/mantine-styles.ts";

/** A Motown that runs, for `npx vite console` while somebody works on the console. */
const server = process.env.MOTOWN_API ?? "http://localhost:8080";

/**
 * What is needed together comes together: a browser asks for six files at a time, and on a slow
 * network each row of six costs a round trip.
 */
const groups = [
  { name: "early", test: /\/src\/app\/early\.ts$/, priority: 4 },
  { name: "door", test: /\/src\/app\/app\.tsx$/, priority: 3 },
  {
    name: "inside",
    test: /\/src\/(app\/inside|pages\/overview\/overview-page)\.tsx$/,
    priority: 2,
  },
  { name: "list", test: /\/src\/parts\/list\/(paged-list|filter-bar)\.tsx$/, priority: 1 },
];

export default defineConfig({
  plugins: [
    react(),
    mantineStyles(),
    firstPages({
      drawnBy: "src/app/first-paint.tsx",
      door: "/src/app/app.tsx",
      inside: "/src/app/inside.tsx",
    }),
  ],
  build: {
    outDir: "dist",
    // Who needs what: the budget of the first view is counted by it.
    manifest: "chunks.json",
    // Scripts from elsewhere are forbidden by the server's policy, inline ones too.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { proxy: { "/api": server, "/openapi.json": server, "/docs": server } },
});
