// The bus: carries commands in and events out, and owns the ports that adapters implement. It knows
// the core alone. Start reading at execution.ts.
export * from "./add-ons/add-on.ts";
export { type AddOnHost, createAddOnHost } from "./add-ons/add-on-host.ts";
export * from "./bus.ts";
export { decode, encode, readable, UnknownEvent, type Upcasts } from "./commands/codec.ts";
export { TooManyConflicts } from "./commands/command-bus.ts";
export { settledAlready } from "./commands/settled.ts";
export { InvalidCommand, type Issue, issuesOf, withOurInstants } from "./commands/validation.ts";
export * from "./cursor.ts";
export * from "./execution.ts";
export * from "./faults.ts";
export { createHousekeeping, type Housekeeping } from "./housekeeping.ts";
export type { LeasedWork } from "./leases.ts";
export { createLru, type Lru } from "./lru.ts";
export * from "./ports/archive.ts";
export * from "./ports/cluster.ts";
export * from "./ports/environment.ts";
export * from "./ports/event-store.ts";
export * from "./ports/frame-log.ts";
export * from "./ports/socket.ts";
export * from "./ports/view-reader.ts";
export * from "./ports/view-store.ts";
export * from "./questions.ts";
export * from "./station-password.ts";
export { createSweeper, type Sweeper } from "./sweeper.ts";
export * from "./system-environment.ts";
export * from "./system-instant.ts";
export { foldToken, TokenNamedTwice, withNewTokens } from "./tokens.ts";
