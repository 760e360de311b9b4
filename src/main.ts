// `npm start`: reads the settings, starts Motown, says what to do next, and drains at the end.
import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";
import { loadViewsThread } from "./main/views/views-thread.ts";

const started = performance.now();
// Compiled code is kept, so that the second start is quick. Imports below come after it.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "../node_modules/.cache/node-compile");
enableCompileCache(process.env.NODE_COMPILE_CACHE);
const argv = process.argv.slice(2);
if (!argv.includes("--help") && !argv.includes("-h")) loadViewsThread();

const { run } = await import("./main/run.ts");
await run(argv, started);
// Now, since a process that is killed would keep nothing.
flushCompileCache();
