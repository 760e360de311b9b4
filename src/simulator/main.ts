// npm run simulate: a fleet of charging stations against a running CSMS.
import { PlainError } from "./api.ts";
import { help, readOptions } from "./options.ts";
import { simulate } from "./simulate.ts";
import { realTime } from "./time.ts";
import { webSocketTo } from "./wire/socket.ts";

const interrupted = new Promise<void>((resolve) => {
  let signals = 0;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      signals += 1;
      // Asked twice, it goes at once and loses what was not delivered.
      if (signals > 1) process.exit(130);
      resolve();
    });
  }
});

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === "help") {
    process.stdout.write(help);
  } else {
    const screen = {
      isTerminal: process.stdout.isTTY === true,
      write: (text: string) => void process.stdout.write(text),
    };
    const socketTo = webSocketTo;
    const went = await simulate(options, { time: realTime(), socketTo, screen, interrupted });
    process.exit(went ? 0 : 1);
  }
} catch (error) {
  if (!(error instanceof PlainError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
