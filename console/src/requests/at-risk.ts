/**
 * Requests that may end what runs: whoever sends one is told how many sessions that are. The
 * station decides what really happens; this is a matter of what a person should have read before.
 */
const mayEndSessions: ReadonlySet<string> = new Set([
  "RequestReset",
  "RequestChangeAvailability",
  "RequestFirmwareUpdate",
  "RequestStopTransaction",
  "RequestUnlockEvse",
  "RequestOcppCall",
]);

/** Sessions that a request may end, of those that run at its station; undefined: it ends none. */
export function sessionsAtRisk(type: string, running: number): number | undefined {
  return mayEndSessions.has(type) && running > 0 ? running : undefined;
}
