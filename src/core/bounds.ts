/** Fixed bounds of what a state may hold, so that a connected station stays within its 4 kB. */
export const bounds = {
  /** Requests to one station that have not ended. Unlocking all EVSEs may go beyond, by those. */
  outstandingRequests: 64,
  /** Transactions of one station that run at once; beyond, the oldest is taken as ended. */
  openTransactions: 200,
  /** Reservations that one station holds at the same time. */
  reservations: 200,
  /** Permissions that were granted on one station alone. */
  permissions: 500,
  /** Ended transactions that a late or repeated stop can still be matched with. */
  closedTransactions: 6,
  /** More than any vehicle takes in one session, ships and weeks included: 10 MWh. */
  sessionEnergyMilliWh: 10_000_000_000,
  /** Remote starts and stops that wait for what the station makes of them. */
  awaitedFollowUps: 32,
  /** Kinds of deviation per firmware that were recorded as an event. */
  knownDeviations: 64,
  /** Keys that take effect at the next boot. */
  rebootKeys: 32,
  /** Entries of one request to change a station's authorization list. */
  authorizationListEntries: 10_000,
  /** Quirks that one station has of its own. */
  quirks: 32,
  /** EVSEs of one station. */
  evses: 200,
} as const;

/** Adds to a list and lets the oldest fall out beyond the bound. */
export function appendBounded<T>(list: readonly T[], item: T, most: number): readonly T[] {
  const longer = [...list, item];
  return longer.length > most ? longer.slice(longer.length - most) : longer;
}
