/** Every exception to a rule, with its reason. A new one belongs here and nowhere else. */

interface Allowance {
  readonly files: string;
  readonly why: string;
}

/** Who may read the clock, wait, or throw dice. Everyone else is handed a Clock, Ids or Dice. */
export const clockAndDice: readonly Allowance[] = [
  { files: "src/main.ts", why: "makes the real clock, timers and dice" },
  { files: "src/main/**", why: "makes the real clock, timers and dice" },
  { files: "src/bus/system-*.ts", why: "the real clock, ids and dice behind the ports" },
  { files: "src/ocpp/gateway/**", why: "real sockets: pings and time limits" },
  { files: "src/event-store/sqlite/**", why: "talks to a worker thread" },
  { files: "src/event-store/commit-queue.ts", why: "gathers what one turn of the loop brings" },
  { files: "src/simulator/**", why: "a program of its own, on the wire" },
  { files: "src/cli/**", why: "a program of its own, on the wire" },
];

/** Who may import `ws`. */
export const sockets: readonly Allowance[] = [
  { files: "src/ocpp/gateway/**", why: "the server side" },
  { files: "src/simulator/**", why: "the station's side" },
];

/** Where `any` stands for "each row has its own type, checked where the row is written". */
export const anyTypes: readonly Allowance[] = [
  { files: "src/core/kernel/**", why: "tables hold commands and events of many shapes" },
  { files: "src/ocpp/message.ts", why: "tables hold messages of many shapes" },
];

/** Where a default export is what a tool or a host expects. */
export const defaultExports: readonly Allowance[] = [
  { files: "*.config.ts", why: "Vitest and Motown load their settings so" },
  { files: "console/*.config.ts", why: "Vite loads its settings so" },
  { files: "tools/*-reporter.ts", why: "Vitest loads reporters so" },
  { files: "src/add-ons/*/index.ts", why: "an add-on is loaded by its file" },
];

/** Files that no other file imports. */
export const entryPoints: readonly Allowance[] = [
  { files: "src/main.ts", why: "npm start" },
  { files: "console/src/main.ts", why: "the page's script" },
  { files: "src/cli/main.ts", why: "the motown command" },
  { files: "src/main/archive/export.ts", why: "motown export" },
  { files: "src/main/archive/import.ts", why: "motown import" },
  { files: "src/main/archive/partitions.ts", why: "motown partitions" },
  { files: "src/main/archive/restored.ts", why: "motown restored" },
  { files: "src/simulator/main.ts", why: "npm run simulate" },
  { files: "src/simulator/index.ts", why: "the door for simulations and benchmarks" },
];

/** Folders that hold more than their share, and how much. */
export const bigFolders: readonly { folder: string; entries: number; why: string }[] = [
  { folder: "src/ocpp/v1_6/messages", entries: 45, why: "one file per action, 39 of them" },
];
