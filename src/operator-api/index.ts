// The operator API: lets people and programs command and ask over HTTP. It knows core, bus and
// views; what it needs from the gateway it is handed (ports.ts). Start reading at
// resources/index.ts, the table of all it shows, then http/mount.ts: what surrounds every route.
export { type Access, type AccessParts, createAccess } from "./access/access.ts";
export { ensureFirstAccess, type FirstAccess, wrongPresetKey } from "./access/first-access.ts";
export { type Tiles, tilesOf } from "./console/tiles.ts";
export type { ApiParts } from "./parts.ts";
export type {
  CallCatalogue,
  CallRules,
  Check,
  Connection,
  ConnectionAttempt,
  ConnectionAttempts,
  Connections,
  Figure,
  Operation,
  ViewAdministration,
} from "./ports.ts";
export { createOperatorApi } from "./server.ts";
