// npm start: sets up, builds the console if it is missing or old, and runs Motown.
import { ensureConsole } from "./console.mjs";
import { launch } from "./launch.mjs";

const args = process.argv.slice(2);
const onlyHelp = args.includes("--help") || args.includes("-h");
await launch("src/main.ts", args, onlyHelp ? undefined : ensureConsole);
