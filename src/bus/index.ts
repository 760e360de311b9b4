// The bus: carries commands in and events out, and owns the ports that adapters implement. It knows the
// core alone. Start reading at execution.ts.
export * from "./add-on.ts";
export * from "./cursor.ts";
export * from "./execution.ts";
export * from "./ports/environment.ts";
export * from "./ports/event-store.ts";
export * from "./ports/frame-log.ts";
export * from "./ports/socket.ts";
export * from "./ports/view-store.ts";
export * from "./questions.ts";
