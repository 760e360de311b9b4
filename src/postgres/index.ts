// What every room that keeps something in PostgreSQL needs: connections with limits, the numbered
// steps of its schema, and its errors in plain words. It knows no table. Start at connections.ts.
export * from "./address.ts";
export * from "./connections.ts";
export * from "./migrations.ts";
export * from "./poolers.ts";
export * from "./problems.ts";
