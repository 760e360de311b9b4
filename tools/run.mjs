// node tools/run.mjs <file> [arguments]: sets up and runs a file on the project's own Node.
import { launch } from "./launch.mjs";

const [file, ...args] = process.argv.slice(2);
if (file) {
  await launch(file, args);
} else {
  process.stderr.write("Which file? Usage: node tools/run.mjs <file> [arguments]\n");
  process.exitCode = 2;
}
