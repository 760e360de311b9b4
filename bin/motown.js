#!/usr/bin/env node
// The motown command: sets up and runs the command line.
import { ensureConsole } from "../tools/console.mjs";
import { launch } from "../tools/launch.mjs";

const args = process.argv.slice(2);
const serves = args[0] === "serve" && !args.includes("--help") && !args.includes("-h");
await launch("src/cli/main.ts", args, serves ? ensureConsole : undefined);
