/** Whether what is shown is up to date. */
export const live = {
  "live.live": "Live",
  "live.connecting": "Connecting",
  "live.stale": "Stale since {time}",
  "live.staleLong":
    "What you see may be old: there is no connection to the server since {time}. It is tried again by itself.",
} as const;
