import type { Area } from "../area.ts";
import type { time as english } from "../en/time.ts";

export const time: Area<typeof english> = {
  "time.at": "Zeit",
  "time.now": "jetzt",
  "time.seconds": "vor {count} s",
  "time.minutes": "vor {count} min",
  "time.hours": "vor {count} h",
  "time.days": "vor {count} {count|Tag|Tagen}",
  "time.spanSeconds": "{count} s",
  "time.spanMinutes": "{count} min",
  "time.spanHours": "{count} h {minutes} min",
  "time.spanDays": "{count} Tg. {hours} h",
  "time.never": "nie",
};
