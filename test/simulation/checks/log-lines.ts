import type { Log } from "#bus";
import type { Violate } from "./violations.ts";

/** The product's own word for what must never happen. */
const bug = /: a bug\b/;

/** Reads what the product says to its operators: it names its bugs itself. */
export function judgeLine(
  line: {
    readonly level: keyof Log;
    readonly message: string;
    readonly fields: Readonly<Record<string, unknown>> | undefined;
  },
  violate: Violate,
): void {
  const { level, message, fields } = line;
  if (level !== "error" || !bug.test(message)) return;
  const { error, ...rest } = fields ?? {};
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error ?? "");
  violate("noBug", `${message} ${JSON.stringify(rest)} ${cause}`);
}
