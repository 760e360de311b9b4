import { StoreUnavailable } from "#bus";
import { StoreProblem } from "#store-problem";
import { SettingProblem } from "../setting-problem.ts";
import { EndedShort } from "../stopping.ts";

/** What went wrong, and the way on, where the reason is known; a bug keeps its stack. */
export function wordsFor(error: unknown): string {
  const isKnown = [StoreProblem, SettingProblem, EndedShort].some((kind) => error instanceof kind);
  if (isKnown) return (error as Error).message;
  if (error instanceof StoreUnavailable) {
    const { reason } = error;
    return `The event store is not available: ${reason}. Nothing is lost: start again when it is.`;
  }
  const { code, port, address } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
  };
  if (code === "EADDRINUSE") {
    const free = (port ?? 8080) + 1;
    return (
      `Port ${port} is taken by another program. ` +
      `Stop that, or choose another port: npm start -- --port ${free}`
    );
  }
  if (code === "EACCES")
    return `Port ${port} needs more rights. Choose one above 1023: --port 8080`;
  if (code === "EADDRNOTAVAIL") {
    return `This machine has no address ${address}. Choose another: --host 0.0.0.0`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
