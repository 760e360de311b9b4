// npm test: sets up and runs the gate.
import { launch } from "./launch.mjs";

await launch("tools/gate.ts", process.argv.slice(2));
