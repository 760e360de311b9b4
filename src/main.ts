// `npm start`: reads the settings, starts Motown, says what to do next, and drains at the end.
import { enableCompileCache } from "node:module";
import { join } from "node:path";

const started = performance.now();
// Compiled code is kept, so that the second start is quick. Imports below come after it.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/node-compile"));

const { run } = await import("./main/run.ts");
await run(process.argv.slice(2), started);
