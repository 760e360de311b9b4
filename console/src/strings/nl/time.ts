import type { Area } from "../area.ts";
import type { time as english } from "../en/time.ts";

export const time: Area<typeof english> = {
  "time.at": "Tijd",
  "time.now": "nu",
  "time.seconds": "{count} s geleden",
  "time.minutes": "{count} min geleden",
  "time.hours": "{count} u geleden",
  "time.days": "{count} {count|dag|dagen} geleden",
  "time.spanSeconds": "{count} s",
  "time.spanMinutes": "{count} min",
  "time.spanHours": "{count} u {minutes} min",
  "time.spanDays": "{count} d {hours} u",
  "time.never": "nooit",
};
