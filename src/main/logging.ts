import pino from "pino";
import type { Log } from "#bus";

interface Format {
  readonly level: string;
  readonly format: string;
}

/** Operator's log on standard error: lines for people, or JSON for programs. */
export function createLog({ level, format }: Format): Log {
  const destination = pino.destination({ dest: 2, sync: true });
  destination.on("error", outliveReader);
  for (const stream of [process.stdout, process.stderr]) {
    stream.off("error", outliveReader).on("error", outliveReader);
  }
  const stream = format === "json" ? destination : { write: (line: string) => writePlain(line) };
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.err },
    },
    stream,
  );
  const line = (name: "debug" | "info" | "warn" | "error"): Log["info"] => {
    return (message, fields) => logger[name](fields ?? {}, message);
  };
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

/** Whoever reads the lines may leave (a closed terminal, `| head`): stations are served on. */
function outliveReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

const words: Readonly<Record<number, string>> = {
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
};

function writePlain(line: string): void {
  const { level, time, msg, error, ...fields } = JSON.parse(line);
  const details = Object.entries(fields).map(([name, value]) =>
    typeof value === "string" ? `${name}=${value}` : `${name}=${JSON.stringify(value)}`,
  );
  const cause = error === undefined ? [] : [`(${error.message ?? JSON.stringify(error)})`];
  const text = [time.slice(11, 19), words[level] ?? level, msg, ...details, ...cause].join(" ");
  process.stderr.write(`${text}\n`);
}
