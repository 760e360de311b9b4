// A real station has little memory; so has each of these, and there are thousands of them.

/** The simulator's own limits, by name with the unit last. */
export const limits = {
  /** Calls of one station that wait for their turn. */
  callQueueMax: 200,
  /** Transaction messages kept while offline; the oldest meter values go first. */
  offlineQueueMax: 1_000,
  callTimeoutMs: 30_000,
  handshakeMs: 10_000,
  reconnectMsMin: 500,
  reconnectMsMax: 15_000,
  localListMax: 500,
  localListPartMax: 100,
  cacheMax: 100,
  reservationsMax: 16,
  chargingProfilesMax: 20,
  chargingSchedulePeriodsMax: 24,
  chargingStackLevelMax: 9,
  /** Boundaries looked at for one composite schedule. */
  compositePeriodsMax: 200,
  certificatesMax: 10,
  configurationKeysMax: 50,
  /** Samples kept for StopTransaction's `transactionData`. */
  transactionSamplesMax: 20,
  /** Message ids whose second answer is no violation. */
  forgivenIdsMax: 64,
  /** Sentences about errors kept for the summary. */
  problemsMax: 50,
  /** Time for a station to deliver what it has when a run ends. */
  drainMs: 15_000,
  /** Time for the API's view to show the last Wh. */
  compareMs: 10_000,
  apiCallMs: 15_000,
  apiPagesMax: 1_000,
  apiConcurrency: 8,
} as const;
