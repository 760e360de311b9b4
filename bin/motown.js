#!/usr/bin/env node
// The motown command: sets up and runs the command line.
import { launch } from "../tools/launch.mjs";

await launch("src/cli/main.ts", process.argv.slice(2));
