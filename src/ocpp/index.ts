// Speaks with stations, and translates both ways. `message.ts` is the contract of a version's rows;
// `rpc/` answers and asks (frames, one call at a time); `gateway/` owns the WebSockets; each
// version is a folder that knows neither of them. Start reading at rpc/inbound.ts.
export { deviationMeanings } from "./deviations.ts";
export type { ConnectionAttempt, ConnectionAttempts } from "./gateway/attempts.ts";
export {
  type ConnectionState,
  createGateway,
  type Gateway,
  type GatewayParts,
} from "./gateway/gateway.ts";
export type { GatewaySettings } from "./gateway/handshakes.ts";
export type { OcppVersion, RowSettings } from "./message.ts";
export { createQuirkBook, type QuirkBook } from "./quirks/book.ts";
export { QuirksSchema } from "./quirks/flags.ts";
export { ProfileProblem, type QuirkProfile, readProfiles } from "./quirks/profile.ts";
export type { RpcCounts, RpcParts, RpcSettings } from "./rpc/parts.ts";
export { createRpc, type Rpc } from "./rpc/rpc.ts";
export { type CallCatalogue, createCallCatalogue } from "./rpc/to-station/call-catalogue.ts";
export { type CallRules, createCallRules } from "./rpc/to-station/own-calls.ts";
export { versions } from "./versions.ts";
