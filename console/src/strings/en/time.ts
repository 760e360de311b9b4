/** Ages and instants. */
export const time = {
  "time.at": "Time",
  "time.now": "now",
  "time.seconds": "{count} s ago",
  "time.minutes": "{count} min ago",
  "time.hours": "{count} h ago",
  "time.days": "{count} {count|day|days} ago",
  "time.spanSeconds": "{count} s",
  "time.spanMinutes": "{count} min",
  "time.spanHours": "{count} h {minutes} min",
  "time.spanDays": "{count} d {hours} h",
  "time.never": "never",
} as const;
