/** Requests to stations on their way. */
export const requests = {
  "requests.sending": "{type} to {station} is being sent",
  "requests.queued": "{type} waits for {station} to connect",
  "requests.sent": "{type} was sent; {station} has not answered yet",
  "requests.done": "{station}: {type} {outcome}",
  "requests.status": "the station says {status}",
  "requests.sure": "{action}: are you sure?",
  "requests.running": "{count} {count|session is|sessions are} running there and may end.",
  "requests.noneRunning": "No session is running there.",
  "requests.goOn": "{action}",
} as const;
